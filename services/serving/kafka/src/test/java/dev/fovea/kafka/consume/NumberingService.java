package dev.fovea.kafka.consume;

import dev.fovea.inference.Deadline;
import dev.fovea.inference.ImageSource;
import dev.fovea.kafka.AnsweringModel;
import dev.fovea.kafka.EventAnswer;
import dev.fovea.kafka.EventListener;
import dev.fovea.kafka.ImageEvent;
import dev.fovea.proto.v1.PatchDescriptionResult;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/// Answers an event with the number that it carries, after a moment of a random length, so that answers overtake.
class NumberingService implements EventListener<ImageEvent> {

    static final AnsweringModel MODEL = new AnsweringModel("counter", 1, "sha256:" + "0".repeat(64));

    final AtomicInteger attempts = new AtomicInteger();
    private final int longestMillis;

    NumberingService(int longestMillis) {
        this.longestMillis = longestMillis;
    }

    @Override
    public EventAnswer onEvent(ImageEvent event, Deadline deadline) throws InterruptedException {
        attempts.incrementAndGet();
        int number = ((ImageSource.Content) event.source()).bytes().getInt();
        return answer(event, number);
    }

    EventAnswer answer(ImageEvent event, int number) throws InterruptedException {
        Thread.sleep(ThreadLocalRandom.current().nextInt(longestMillis + 1));
        return new EventAnswer(
                "dev.fovea.test.v1",
                PatchDescriptionResult.newBuilder()
                        .setImageId(event.id())
                        .setImageWidth(number)
                        .build(),
                MODEL);
    }

    @Override
    public Optional<AnsweringModel> model() {
        return Optional.of(MODEL);
    }
}
