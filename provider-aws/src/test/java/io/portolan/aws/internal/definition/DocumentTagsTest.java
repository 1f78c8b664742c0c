package io.portolan.aws.internal.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DocumentTagsTest {
    private static String random(int length) {
        return new Random(3)
                .ints(length, 32, 0x2fff)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    @Test
    void decode_encoded_isTheDocument_amongOtherTags() {
        for (int length : new int[] {0, 1, 100, 5000}) {
            String document = random(length);
            Map<String, String> tags = new HashMap<>(DocumentTags.encode(document));
            tags.put(Labels.NAME, "etl");

            assertThat(DocumentTags.decode(tags)).isEqualTo(document);
        }
    }

    @Test
    void encode_document_isWithinTheLimitsOfTags() {
        assertThat(DocumentTags.encode(random(3000)))
                .containsKey("portolan:doc-00")
                .allSatisfy((key, value) ->
                        assertThat(value).matches("[A-Za-z0-9_-]*").hasSizeLessThanOrEqualTo(256));
    }

    @Test
    void fits_document_countsTheOtherTags() {
        String document = random(3000);
        int pieces = DocumentTags.encode(document).size();

        assertThat(DocumentTags.fits(document, 50 - pieces)).isTrue();
        assertThat(DocumentTags.fits(document, 51 - pieces)).isFalse();
    }

    @Test
    void decode_missingOrChangedParts_isRefused() {
        Map<String, String> tags = new HashMap<>(DocumentTags.encode(random(3000)));
        tags.remove("portolan:doc-05");

        assertThatIllegalArgumentException().isThrownBy(() -> DocumentTags.decode(tags));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DocumentTags.decode(Map.of()))
                .withMessageContaining("no tag");
    }
}
