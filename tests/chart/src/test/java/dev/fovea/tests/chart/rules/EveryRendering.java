package dev.fovea.tests.chart.rules;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A test of each scenario of the chart.
@ParameterizedTest(name = "{0}")
@MethodSource("dev.fovea.tests.chart.render.Renderings#newest")
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@interface EveryRendering {}
