/// The kit that every vector index engine passes: versions, filters, searches, scans, visibility, durability.
///
/// It names no engine, and asserts no time besides the bound that an index states itself.
@NullMarked
package dev.fovea.tests.contract.vectorindex;

import org.jspecify.annotations.NullMarked;
