package dev.fovea.tests.contract.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.tests.support.ServiceProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/// What befalls a running service: kills, a second instance that comes and goes, a broker that restarts.
///
/// One thread uses it; it closes the second instance.
final class Blows implements AutoCloseable {

    /// Something that happens once this many events have been answered.
    record Blow(int atAnswered, String name, Action action) {}

    interface Action {
        void run() throws IOException, InterruptedException;
    }

    /// The share of the events that is under way when a blow strikes: one in so many.
    private static final int UNDERWAY = 20;

    private final ServiceRun run;
    private final int events;
    private final Pace pace;
    private Optional<ServiceProcess> second = Optional.empty();

    Blows(ServiceRun run, int events, Pace pace) {
        this.run = run;
        this.events = events;
        this.pace = pace;
    }

    /// Kills at random moments, the rest at fixed shares of the run, in order.
    List<Blow> plan(int kills, long seed) {
        Random random = new Random(seed);
        List<Blow> blows = new ArrayList<>();
        for (int kill = 0; kill < kills; kill++) {
            blows.add(new Blow(moment(random, kill, kills), "SIGKILL", this::kill));
        }
        blows.add(new Blow(events * 3 / 10, "second joins", this::secondJoins));
        blows.add(new Blow(events * 6 / 10, "second leaves", this::secondLeaves));
        blows.add(new Blow(events * 7 / 10, "broker restarts", this::restartBroker));
        blows.sort(Comparator.comparingInt(Blow::atAnswered));
        return blows;
    }

    /// Strikes each in its turn while events are on their way, at once where `limit` has passed; then lets all
    /// events go.
    void strike(List<Blow> blows, Ledger ledger, Duration limit) throws IOException, InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        for (Blow blow : blows) {
            pace.allow(blow.atAnswered() + events / UNDERWAY);
            while (ledger.answered() < blow.atAnswered() && System.nanoTime() < end) {
                Thread.sleep(5);
            }
            System.out.printf("%6d of %d answered: %s%n", ledger.answered(), events, blow.name());
            blow.action().run();
        }
        pace.allow(events);
    }

    /// A random moment in the kill's own share of the run, so that kills do not pile up at one end.
    private int moment(Random random, int kill, int kills) {
        double share = (kill + random.nextDouble()) / kills;
        return (int) (0.95 * events * share);
    }

    private void kill() throws IOException {
        run.process().kill();
        run.process().relaunch();
    }

    private void secondJoins() throws IOException, InterruptedException {
        second = Optional.of(run.another("second"));
    }

    private void secondLeaves() throws IOException, InterruptedException {
        assertThat(second.orElseThrow().terminate()).isIn(0, 143);
    }

    private void restartBroker() throws IOException {
        run.broker().stop();
        run.broker().restart();
    }

    @Override
    public void close() {
        second.ifPresent(ServiceProcess::close);
    }
}
