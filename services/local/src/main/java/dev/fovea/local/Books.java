package dev.fovea.local;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/// A ledger for each service: every event is sent once and has to be answered by all of them; what other services
/// answer is foreign.
///
/// One thread at a time may call it.
final class Books {

    private final List<ServicePlan> services;
    private final Map<String, Ledger> ledgers = new LinkedHashMap<>();

    Books(List<ServicePlan> services) {
        this.services = List.copyOf(services);
        services.forEach(service -> ledgers.put(service.name(), new Ledger()));
    }

    void sent(String trace, String key) {
        ledgers.values().forEach(ledger -> ledger.sent(trace, key));
    }

    Ledger.Standing answered(Answer answer) {
        return ledgers.containsKey(answer.service())
                ? ledger(answer.service()).answered(answer.trace(), answer instanceof Answer.DeadLetter)
                : Ledger.Standing.FOREIGN;
    }

    /// Events that the slowest service has not answered.
    int waiting() {
        return ledgers.values().stream().mapToInt(Ledger::waiting).max().orElse(0);
    }

    /// Answers of all services.
    int answered() {
        return ledgers.values().stream().mapToInt(Ledger::answered).sum();
    }

    /// Whether every service answered each of so many events exactly once.
    boolean balance(int events) {
        return ledgers.values().stream().allMatch(ledger -> ledger.balances() && ledger.sent() == events);
    }

    /// A line for each service, and one for each answer that is missing.
    List<String> total(int events) {
        List<String> lines = new ArrayList<>();
        for (ServicePlan service : services) {
            Ledger ledger = ledger(service.name());
            lines.add(String.format(
                    Locale.ROOT,
                    "%s: %s, %d dead letters, %d lost, %d answered twice",
                    service.name(),
                    service.reception().total(),
                    ledger.deadLetters(),
                    events - ledger.answered(),
                    ledger.repeated()));
            ledger.missing().forEach(key -> lines.add("LOST " + key));
        }
        return lines;
    }

    private Ledger ledger(String service) {
        return Objects.requireNonNull(ledgers.get(service), service);
    }
}
