/// What the tests inside every service share: hosts, fakes and documents of a service as Quarkus or a test runs it.
///
/// It holds no test, and nothing that only one service needs.
@NullMarked
package dev.fovea.tests.service;

import org.jspecify.annotations.NullMarked;
