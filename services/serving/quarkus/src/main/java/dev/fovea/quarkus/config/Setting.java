package dev.fovea.quarkus.config;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Documents one configuration key and states what it may hold; checked at start and printed into the table.
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Setting {

    /// What it is, one sentence without a full stop.
    String is();

    /// Of a number; empty where the type says it.
    String unit() default "";

    /// Smallest value, written as in configuration; empty: none.
    String from() default "";

    /// Largest value, written as in configuration; empty: none.
    String to() default "";

    /// The only texts allowed; empty: any, or the constants of an enum.
    String[] oneOf() default {};

    /// Default of a key that may be absent, in words; empty: the value of `WithDefault`.
    String otherwise() default "";

    /// Whether its value may hold a password and is therefore never printed.
    boolean secret() default false;
}
