package io.portolan.gcp.internal.service;

import com.google.cloud.run.v2.Revision;
import com.google.cloud.run.v2.Service;
import com.google.iam.v1.Policy;
import com.google.protobuf.FieldMask;
import java.util.List;
import java.util.Optional;

/** The requests that services need. Names are full ones. None waits for what it begins. */
interface RunServices {
    /** A service. One that is being deleted is still there. */
    Optional<Service> service(String name);

    /** The services of a location, of all owners. */
    List<Service> services(String location);

    /** Makes a service with its first revision. */
    void create(String location, String id, Service service);

    /** Changes the members of the mask, if the service still has this etag. */
    void update(Service service, FieldMask mask);

    /** Removes a service, if it still has this etag; an empty one fits always. Nothing happens if it is gone. */
    void delete(String name, String etag);

    /** A revision. */
    Optional<Revision> revision(String name);

    /** The revisions of a service, in no order; none if it is gone. */
    List<Revision> revisions(String service);

    /** Who may do what with a service. */
    Policy policy(String service);

    /** Sets who may, if the policy still has this etag. */
    void setPolicy(String service, Policy policy);
}
