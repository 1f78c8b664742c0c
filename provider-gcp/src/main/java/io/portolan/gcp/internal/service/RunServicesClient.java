package io.portolan.gcp.internal.service;

import com.google.cloud.run.v2.CreateServiceRequest;
import com.google.cloud.run.v2.DeleteServiceRequest;
import com.google.cloud.run.v2.GetRevisionRequest;
import com.google.cloud.run.v2.GetServiceRequest;
import com.google.cloud.run.v2.ListRevisionsRequest;
import com.google.cloud.run.v2.ListRevisionsResponse;
import com.google.cloud.run.v2.ListServicesRequest;
import com.google.cloud.run.v2.ListServicesResponse;
import com.google.cloud.run.v2.Revision;
import com.google.cloud.run.v2.Service;
import com.google.cloud.run.v2.UpdateServiceRequest;
import com.google.iam.v1.GetIamPolicyRequest;
import com.google.iam.v1.Policy;
import com.google.iam.v1.SetIamPolicyRequest;
import com.google.protobuf.FieldMask;
import io.portolan.gcp.internal.client.GcpCalls;
import io.portolan.gcp.internal.client.GcpClients;
import java.util.List;
import java.util.Optional;

/** The requests by the vendor's clients. Thread-safe. */
final class RunServicesClient implements RunServices {
    /** Most of one page. */
    private static final int PAGE = 100;

    private final GcpClients clients;
    private final GcpCalls calls;

    RunServicesClient(GcpClients clients, GcpCalls calls) {
        this.clients = clients;
        this.calls = calls;
    }

    @Override
    public Optional<Service> service(String name) {
        GetServiceRequest request = GetServiceRequest.newBuilder().setName(name).build();
        return calls.find(
                "run:GetService",
                name,
                () -> clients.services().getServiceCallable().futureCall(request));
    }

    @Override
    public List<Service> services(String location) {
        return GcpCalls.all(
                token -> {
                    ListServicesRequest request = ListServicesRequest.newBuilder()
                            .setParent(location)
                            .setPageSize(PAGE)
                            .setPageToken(token)
                            .build();
                    return calls.call(
                            "run:ListServices",
                            location,
                            () -> clients.services().listServicesCallable().futureCall(request));
                },
                ListServicesResponse::getServicesList,
                ListServicesResponse::getNextPageToken);
    }

    @Override
    public void create(String location, String id, Service service) {
        CreateServiceRequest request = CreateServiceRequest.newBuilder()
                .setParent(location)
                .setServiceId(id)
                .setService(service)
                .build();
        calls.call(
                "run:CreateService",
                location + "/services/" + id,
                () -> clients.services().createServiceCallable().futureCall(request));
    }

    @Override
    public void update(Service service, FieldMask mask) {
        UpdateServiceRequest request = UpdateServiceRequest.newBuilder()
                .setService(service)
                .setUpdateMask(mask)
                .build();
        calls.call(
                "run:UpdateService",
                service.getName(),
                () -> clients.services().updateServiceCallable().futureCall(request));
    }

    @Override
    public void delete(String name, String etag) {
        DeleteServiceRequest request =
                DeleteServiceRequest.newBuilder().setName(name).setEtag(etag).build();
        calls.find(
                "run:DeleteService",
                name,
                () -> clients.services().deleteServiceCallable().futureCall(request));
    }

    @Override
    public Optional<Revision> revision(String name) {
        GetRevisionRequest request =
                GetRevisionRequest.newBuilder().setName(name).build();
        return calls.find(
                "run:GetRevision",
                name,
                () -> clients.revisions().getRevisionCallable().futureCall(request));
    }

    @Override
    public List<Revision> revisions(String service) {
        return GcpCalls.all(
                token -> {
                    ListRevisionsRequest request = ListRevisionsRequest.newBuilder()
                            .setParent(service)
                            .setPageSize(PAGE)
                            .setPageToken(token)
                            .build();
                    return calls.find(
                                    "run:ListRevisions",
                                    service,
                                    () -> clients.revisions()
                                            .listRevisionsCallable()
                                            .futureCall(request))
                            .orElse(ListRevisionsResponse.getDefaultInstance());
                },
                ListRevisionsResponse::getRevisionsList,
                ListRevisionsResponse::getNextPageToken);
    }

    @Override
    public Policy policy(String service) {
        GetIamPolicyRequest request =
                GetIamPolicyRequest.newBuilder().setResource(service).build();
        return calls.call(
                "run:GetIamPolicy",
                service,
                () -> clients.services().getIamPolicyCallable().futureCall(request));
    }

    @Override
    public void setPolicy(String service, Policy policy) {
        SetIamPolicyRequest request = SetIamPolicyRequest.newBuilder()
                .setResource(service)
                .setPolicy(policy)
                .build();
        calls.call(
                "run:SetIamPolicy",
                service,
                () -> clients.services().setIamPolicyCallable().futureCall(request));
    }
}
