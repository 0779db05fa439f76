package dev.fovea.quarkus;

import dev.fovea.inference.session.ModelSession;
import dev.fovea.inference.session.SessionException;
import dev.fovea.inference.session.SessionLoader;
import dev.fovea.repository.ModelVersion;
import java.util.Locale;
import java.util.Map;

/// Loads a model only if its file has the digest that configuration expects of it.
///
/// @param expected by `name@version`; a model that is not listed may have any
public record ExpectedDigests(SessionLoader loader, Map<String, String> expected) implements SessionLoader {

    public ExpectedDigests {
        expected = Map.copyOf(expected);
    }

    @Override
    public ModelSession load(ModelVersion model) throws SessionException {
        ModelSession session = loader.load(model);
        String wanted = expected.get(model.toString());
        if (wanted == null || wanted.toLowerCase(Locale.ROOT).equals(session.digest())) {
            return session;
        }
        String actual = session.digest();
        session.close();
        throw new SessionException(
                "model " + model + " (" + model.file() + ") has the digest " + actual
                        + ", but fovea.models.expected-digests.\"" + model + "\" = " + wanted,
                false);
    }
}
