package dev.fovea.tests.gpu;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/// Runs a test only where ONNX Runtime can start CUDA; elsewhere it is reported as skipped, with what is missing.
@Target({ElementType.METHOD, ElementType.TYPE})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(CudaCondition.class)
@interface EnabledIfCuda {}
