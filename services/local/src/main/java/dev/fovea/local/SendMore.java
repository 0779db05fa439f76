package dev.fovea.local;

import java.util.List;

/// What to type to ask the services that stay up.
final class SendMore {

    private SendMore() {}

    static String text(String bootstrapServers, List<ServicePlan> services, Ports ports, ImageFile photo) {
        String path = "'" + photo.path().toAbsolutePath().normalize() + "'";
        StringBuilder text = new StringBuilder("""

                The services stay up. Send them more by Kafka:

                  kcat -P -b %s -t %s -k my-photo -H content-type=%s %s

                search with one (the answer comes on topic fovea.retrieval-results, and here):

                  kcat -P -b %s -t %s -k my-query -H content-type=%s %s

                or ask them by gRPC (they answer reflection, so grpcurl needs no .proto file):

                """.formatted(
                        bootstrapServers,
                        Topics.IMAGES,
                        photo.contentType(),
                        path,
                        bootstrapServers,
                        Services.QUERIES,
                        photo.contentType(),
                        path));
        for (ServicePlan service : services) {
            text.append("""
                      grpcurl -plaintext -d @ localhost:%d %s <<END
                      %s
                      END

                    """.formatted(
                            ports.of(service.grpc()),
                            service.example().method(),
                            service.example().request().formatted("$(base64 < " + path + " | tr -d '\\n')")));
        }
        return text.append("Ctrl-C stops them.\n").toString();
    }
}
