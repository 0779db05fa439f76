package dev.fovea.local;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Sends a folder's images and shows the answers as they arrive.
///
/// One thread runs it.
final class FolderRun {

    /// Events on their way at once, and images waiting to be drawn: both hold memory.
    private static final int WINDOW = 16;

    private static final Duration POLL = Duration.ofMillis(100);

    private final Exchange exchange;
    private final ServiceProcess service;
    private final Pictures pictures;
    private final Screen screen;
    private final StopRequest stop;
    private final Duration patience;
    private final Ledger ledger = new Ledger();
    private final Map<String, ImageFile> byKey = new HashMap<>();
    private long keypoints;

    FolderRun(
            Exchange exchange,
            ServiceProcess service,
            Pictures pictures,
            Screen screen,
            StopRequest stop,
            Duration patience) {
        this.exchange = exchange;
        this.service = service;
        this.pictures = pictures;
        this.screen = screen;
        this.stop = stop;
        this.patience = patience;
    }

    /// Returns whether every event was answered exactly once.
    boolean run(List<ImageFile> images) throws IOException {
        long begin = System.nanoTime();
        long lastAnswer = begin;
        int next = 0;
        while (next < images.size() || ledger.waiting() > 0) {
            stop.check();
            while (next < images.size() && ledger.waiting() < WINDOW && pictures.backlog() < WINDOW) {
                send(images.get(next++));
            }
            List<Answer> answers = exchange.receive(POLL);
            answers.forEach(this::show);
            screen.progress(ledger.answered(), images.size());
            long now = System.nanoTime();
            lastAnswer = answers.isEmpty() ? lastAnswer : now;
            if (now - lastAnswer > patience.toNanos() || !service.isAlive()) {
                break;
            }
        }
        screen.endProgress();
        summary(images.size(), System.nanoTime() - begin);
        return ledger.balances() && ledger.sent() == images.size();
    }

    /// Shows what else is answered, until the program is asked to end.
    ///
    /// @throws IOException if the service ends by itself
    void followUntilStopped() throws IOException {
        while (!stop.isAsked()) {
            exchange.receive(POLL).forEach(this::show);
            if (!service.isAlive()) {
                throw new IOException(service.died());
            }
        }
        screen.line("stopping: the service finishes what it has begun, then the broker ends");
    }

    private void send(ImageFile image) throws IOException {
        byKey.put(image.key(), image);
        ledger.sent(exchange.send(image), image.key());
    }

    private void show(Answer answer) {
        Ledger.Standing standing = ledger.answered(answer.trace(), answer instanceof Answer.Described);
        boolean ours = standing == Ledger.Standing.AWAITED;
        switch (answer) {
            case Answer.Described described -> {
                screen.line(Lines.described(described.result()));
                keypoints += ours ? described.result().getKeypointsCount() : 0;
                if (ours) {
                    pictures.add(file(answer), described.result());
                }
            }
            case Answer.DeadLetter letter -> {
                screen.line(Lines.deadLetter(letter));
                if (ours) {
                    pictures.skip(file(answer));
                }
            }
        }
        if (standing == Ledger.Standing.REPEATED) {
            screen.line(answer.id() + " ANSWERED TWICE");
        }
    }

    private ImageFile file(Answer answer) {
        ImageFile file = byKey.get(answer.id());
        if (file == null) {
            throw new IllegalStateException("the answer to " + answer.id() + " carries the trace of another event");
        }
        return file;
    }

    private void summary(int images, long nanos) throws IOException {
        double seconds = nanos / 1e9;
        screen.line(String.format(
                Locale.ROOT,
                "total     %d images: %d described (%d keypoints), %d dead letters, %d lost, %d answered twice;"
                        + " %.1f s, %.1f images/s",
                images,
                ledger.described(),
                keypoints,
                ledger.deadLetters(),
                images - ledger.answered(),
                ledger.repeated(),
                seconds,
                ledger.answered() / seconds));
        ledger.missing().forEach(key -> screen.line("LOST      " + key));
        if (!service.isAlive()) {
            screen.line(service.died());
        }
    }
}
