package dev.fovea.tests.gpu;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/// The opposite of [EnabledIfCuda]: for what is said where CUDA cannot start.
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(CudaCondition.class)
@interface DisabledWhereCudaWorks {}
