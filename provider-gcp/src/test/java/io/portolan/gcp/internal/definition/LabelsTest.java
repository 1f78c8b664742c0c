package io.portolan.gcp.internal.definition;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.spec.JobSpec;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LabelsTest {
    private static JobSpec.Builder job() {
        return JobSpec.builder("etl").image("etl:1");
    }

    @Test
    void of_spec_hasTheOwnersLabels() {
        Map<String, String> labels = Labels.of(job().label("team", "data").build(), Labels.JOB, "shop");

        assertThat(labels)
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "team",
                        "data",
                        "managed-by",
                        "portolan",
                        "portolan-application",
                        "shop",
                        "portolan-name",
                        "etl",
                        "portolan-kind",
                        "job"));
        assertThat(Labels.areOwn(labels, Labels.JOB, "shop")).isTrue();
        assertThat(Labels.areOwn(labels, Labels.JOB, "other")).isFalse();
        assertThat(Labels.areOwn(labels, Labels.SERVICE, "shop")).isFalse();
    }

    @Test
    void of_labelsOfOtherAlphabets_areChanged_andKeptInAnAnnotation() {
        JobSpec job = job().label("cost.center", "Sales.EU").label("a", "b").build();

        assertThat(Labels.of(job, Labels.JOB, "shop"))
                .containsEntry("cost_center", "sales_eu")
                .containsEntry("a", "b");
        assertThat(Labels.changes(job)).containsExactly("cost.center=Sales.EU becomes cost_center=sales_eu");
        assertThat(Labels.annotations(job))
                .containsExactly(Map.entry(Labels.USER_LABELS, "{\"cost.center\":\"Sales.EU\",\"a\":\"b\"}"));
        assertThat(Labels.ofUser(Labels.of(job, Labels.JOB, "shop"), Labels.annotations(job)))
                .isEqualTo(job.labels());
    }

    @Test
    void of_labelThatWouldCoverAnother_isLeftOut() {
        JobSpec job = job().label("a.b", "X").label("a_b", "y").build();

        assertThat(Labels.of(job, Labels.JOB, "shop")).containsEntry("a_b", "y");
        assertThat(Labels.changes(job)).containsExactly("a.b=X is left out");
    }

    @Test
    void of_labelsOfTheSdkAndOfGoogle_areNotTheUsers() {
        JobSpec job = job().label("managed-by", "me")
                .label("portolan-kind", "service")
                .label("goog-x", "1")
                .build();

        Map<String, String> labels = Labels.of(job, Labels.JOB, "shop");

        assertThat(labels)
                .containsEntry("managed-by", "portolan")
                .containsEntry("portolan-kind", "job")
                .doesNotContainKey("goog-x");
        assertThat(Labels.changes(job)).hasSize(3);
        assertThat(Labels.ofUser(labels, Labels.annotations(job))).isEqualTo(job.labels());
    }

    @Test
    void of_moreLabelsThanTheResourceTakes_theRestIsInTheAnnotation() {
        JobSpec.Builder many = job();
        for (int i = 0; i < 70; i++) {
            many.label("l" + i, "v");
        }
        JobSpec job = many.build();

        assertThat(Labels.of(job, Labels.JOB, "shop")).hasSizeLessThanOrEqualTo(Labels.MOST);
        assertThat(Labels.ofUser(Map.of(), Labels.annotations(job))).hasSize(70);
    }

    @Test
    void ofUser_withoutAnAnnotation_isWhatIsNotOurs() {
        JobSpec job = job().label("team", "data").build();

        assertThat(Labels.annotations(job)).isEmpty();
        assertThat(Labels.ofUser(Labels.of(job, Labels.JOB, "shop"), Map.of())).isEqualTo(job.labels());
    }
}
