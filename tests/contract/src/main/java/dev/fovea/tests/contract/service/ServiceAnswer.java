package dev.fovea.tests.contract.service;

import dev.fovea.proto.v1.ModelIdentity;
import java.nio.FloatBuffer;

/// What a service says of one image, by either entrance, without what differs from call to call (timings).
///
/// @param exact equal in every answer to the same image and model
/// @param numbers equal up to the tolerance, in an order that does not depend on their values
/// @param tolerance largest difference of a number between two batches
public record ServiceAnswer(ModelIdentity model, Object exact, FloatBuffer numbers, double tolerance) {

    /// Whether both say the same. Answers to different images must not.
    public boolean says(ServiceAnswer other) {
        return model.equals(other.model) && exact.equals(other.exact) && near(other.numbers);
    }

    private boolean near(FloatBuffer others) {
        if (numbers.remaining() != others.remaining()) {
            return false;
        }
        for (int i = 0; i < numbers.remaining(); i++) {
            float difference = numbers.get(numbers.position() + i) - others.get(others.position() + i);
            if (!(Math.abs(difference) <= tolerance)) { // NaN differs
                return false;
            }
        }
        return true;
    }
}
