package dev.fovea.local;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/// Sends an event for each file and shows the answers of all services as they arrive.
///
/// One thread runs it.
final class FolderRun {

    /// Events on their way at once, and pictures waiting to be drawn: both hold memory.
    private static final int WINDOW = 16;

    private static final Duration POLL = Duration.ofMillis(100);

    private final Errand errand;
    private final Map<String, ServicePlan> services;
    private final Exchange exchange;
    private final Fleet fleet;
    private final Studio studio;
    private final Watch watch;
    private final Books books;
    private final Map<String, ImageFile> byKey = new HashMap<>();

    /// Who sees it and who may end it.
    ///
    /// @param patience without any answer for so long, what is unanswered is lost
    record Watch(Screen screen, StopRequest stop, Duration patience) {}

    FolderRun(Errand errand, Exchange exchange, Fleet fleet, Studio studio, Watch watch) {
        this.errand = errand;
        this.services = errand.services().stream().collect(Collectors.toMap(ServicePlan::name, service -> service));
        this.exchange = exchange;
        this.fleet = fleet;
        this.studio = studio;
        this.watch = watch;
        this.books = new Books(errand.services());
    }

    /// Returns whether every event was answered exactly once by every service.
    boolean run(List<ImageFile> images) throws IOException {
        long begin = System.nanoTime();
        long lastAnswer = begin;
        int next = 0;
        while (next < images.size() || books.waiting() > 0) {
            watch.stop.check();
            while (next < images.size() && books.waiting() < WINDOW && studio.backlog() < WINDOW) {
                send(images.get(next++));
            }
            List<Answer> answers = exchange.receive(POLL);
            answers.forEach(this::show);
            watch.screen.progress(books.answered(), images.size() * services.size());
            long now = System.nanoTime();
            lastAnswer = answers.isEmpty() ? lastAnswer : now;
            if (now - lastAnswer > watch.patience.toNanos() || fleet.death().isPresent()) {
                break;
            }
        }
        watch.screen.endProgress();
        summary(images.size(), System.nanoTime() - begin);
        return books.balance(images.size());
    }

    /// Shows what else is answered for so long.
    void follow(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < end) {
            exchange.receive(POLL).forEach(this::show);
        }
    }

    /// Shows what else is answered, until the program is asked to end.
    ///
    /// @throws IOException if a service ends by itself
    void followUntilStopped() throws IOException {
        while (!watch.stop.isAsked()) {
            exchange.receive(POLL).forEach(this::show);
            Optional<String> death = fleet.death();
            if (death.isPresent()) {
                throw new IOException(death.get());
            }
        }
        watch.screen.line("stopping: the services finish what they have begun, then the broker ends");
    }

    private void send(ImageFile image) throws IOException {
        byKey.put(image.key(), image);
        books.sent(exchange.send(errand.form().of(image)), image.key());
    }

    private void show(Answer answer) {
        Ledger.Standing standing = books.answered(answer);
        boolean ours = standing == Ledger.Standing.AWAITED;
        switch (answer) {
            case Answer.Result result -> {
                watch.screen.line(result.received().line());
                if (ours) {
                    result.received().take().accept(file(answer));
                }
            }
            case Answer.DeadLetter letter -> {
                watch.screen.line(Lines.deadLetter(letter));
                if (ours) {
                    service(letter).reception().skip(file(answer));
                }
            }
        }
        if (standing == Ledger.Standing.REPEATED) {
            watch.screen.line(answer.id() + " ANSWERED TWICE by " + answer.service());
        }
    }

    private ServicePlan service(Answer answer) {
        return Objects.requireNonNull(services.get(answer.service()), answer::service);
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
        watch.screen.line(String.format(
                Locale.ROOT,
                "total     %d %s in %.1f s, %.1f %s/s",
                images,
                errand.noun(),
                seconds,
                images / seconds,
                errand.noun()));
        books.total(images).forEach(line -> watch.screen.line("          " + line));
        fleet.death().ifPresent(watch.screen::line);
    }
}
