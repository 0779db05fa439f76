/// The kinds of events, as they are written on topics: what the value of a record stands for.
///
/// What every kind has in common (media types, CloudEvents, ids) is in `dev.fovea.kafka.consume`.
@NullMarked
package dev.fovea.kafka.form;

import org.jspecify.annotations.NullMarked;
