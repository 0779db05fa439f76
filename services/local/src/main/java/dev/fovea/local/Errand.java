package dev.fovea.local;

import java.util.List;

/// What files are sent for.
///
/// @param services all that have to answer each event
/// @param form what is sent of a file
/// @param noun what the events are, for the total
record Errand(List<ServicePlan> services, Event.Form form, String noun) {

    Errand {
        services = List.copyOf(services);
    }
}
