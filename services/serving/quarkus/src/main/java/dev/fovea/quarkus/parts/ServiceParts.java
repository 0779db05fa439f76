package dev.fovea.quarkus.parts;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The parts that the service brings. Any thread.
public record ServiceParts(List<ServicePart> all) implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ServiceParts.class);

    public ServiceParts {
        all = List.copyOf(all);
    }

    /// Closes every one, whatever happens to the others.
    @Override
    public void close() {
        for (ServicePart part : all) {
            try {
                part.close();
            } catch (RuntimeException failed) {
                LOG.atError().addKeyValue("part", part.name()).setCause(failed).log("a part did not close");
            }
        }
    }
}
