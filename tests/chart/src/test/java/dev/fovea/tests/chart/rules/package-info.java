/// What must hold of every rendering and no API server checks: security, arithmetic, names that meet, permissions that
/// match what is used. Not whether a document is well formed; that is `validate`.
@NullMarked
package dev.fovea.tests.chart.rules;

import org.jspecify.annotations.NullMarked;
