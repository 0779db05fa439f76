/// The kit of every service: each way in gives one answer, hostile files harm nobody, and every event is answered
/// exactly once through crashes.
///
/// It knows no service; [dev.fovea.tests.contract.service.ServiceUnderTest] describes one. It starts real processes
/// against a real broker and mocks nothing.
@NullMarked
package dev.fovea.tests.contract.service;

import org.jspecify.annotations.NullMarked;
