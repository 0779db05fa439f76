# The image of a service. At the root of the checkout, after `mvn package`:
#   docker build -f docker/service.Dockerfile --target cpu --build-arg SERVICE=patch-description -t fovea/patch-description .
# Targets: cpu, and cuda for GPUs of NVIDIA on x86-64. Works with BuildKit and with the classic builder.
# README.md in this folder: what each layer is for, and what was verified.

# Java without what no service uses. The files' times are fixed before the archive of classes is made, which notes them.
FROM eclipse-temurin:25-jdk AS java
RUN jlink --no-header-files --no-man-pages --output /jre --add-modules \
      java.base,java.desktop,java.instrument,java.logging,java.management,java.naming,java.net.http,java.rmi,java.security.jgss,java.security.sasl,java.sql,java.xml,jdk.crypto.ec,jdk.incubator.vector,jdk.jcmd,jdk.jfr,jdk.management,jdk.management.agent,jdk.naming.dns,jdk.net,jdk.unsupported,jdk.zipfs \
    && find /jre -exec touch -hd @0 {} + \
    && /jre/bin/java -Xshare:dump \
    && find /jre -exec touch -hd @0 {} +

# All that Java and the native libraries need of a system: three packages of Debian, and no shell.
FROM debian:bookworm-slim AS system
RUN mkdir -p /system/usr/lib /system/usr/lib64 /system/etc /system/var/lib/dpkg/status.d /system/opt/fovea \
    && ln -s usr/lib /system/lib && ln -s usr/lib64 /system/lib64 \
    && for package in libc6 libgcc-s1 libstdc++6; do \
         dpkg-query -s "$package" > "/system/var/lib/dpkg/status.d/$package"; \
         dpkg-query -L "$package" | grep -E '\.so(\.[0-9]+)*$|/copyright$' | grep -v gconv \
           | xargs -I{} cp -a --parents {} /system; \
       done \
    && cp /usr/lib/os-release /system/etc/os-release \
    && echo 'hosts: files dns' > /system/etc/nsswitch.conf \
    && echo 'fovea:x:10001:10001::/tmp:/sbin/nologin' > /system/etc/passwd \
    && echo 'fovea:x:10001:' > /system/etc/group \
    && install -d -m 1777 /system/tmp \
    && install -d -o 10001 -g 10001 /system/models /system/var/lib/fovea/index /system/var/lib/fovea/backups \
    && ln -s /models /var/lib/fovea/index /var/lib/fovea/backups /system/opt/fovea/ \
    && find /system -exec touch -hd @0 {} +

FROM eclipse-temurin:25-jdk AS parts
ARG SERVICE
# A build without network writes no bill of materials, and the image has none then.
COPY docker/Parts.java docker/Probe.java services/${SERVICE}/target/bom.json* /build/
COPY services/${SERVICE}/target/quarkus-app /build/quarkus-app
RUN java /build/Parts.java /build/quarkus-app /parts \
    && javac -d /parts/probe /build/Probe.java \
    && mkdir /parts/materials \
    && if [ -f /build/bom.json ]; then cp /build/bom.json /parts/materials/sbom.cdx.json; fi \
    && find /parts -exec touch -hd @0 {} +

# From the layer that changes least to the one that changes with every build.
FROM scratch AS cpu
COPY --from=system /system /
COPY --from=java /jre /opt/java
COPY --from=parts /parts/natives /opt/fovea/natives
COPY --from=parts /parts/onnxruntime /opt/ort
COPY --from=parts /parts/probe /opt/fovea/probe
COPY docker/java.args /opt/fovea/java.args
COPY --from=parts /parts/libraries /opt/fovea
COPY --from=parts /parts/application /opt/fovea
COPY --from=parts /parts/materials /opt/fovea
ENV JAVA_HOME=/opt/java PATH=/opt/java/bin LANG=C.UTF-8 ORT_DISABLE_TELEMETRY=1 \
    JAVA_TOOL_OPTIONS=-XX:MaxRAMPercentage=50
WORKDIR /opt/fovea
USER 10001:10001
EXPOSE 9000 8080 9090
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=120s \
  CMD ["/opt/java/bin/java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx16m", "-XX:-UsePerfData", "-cp", "/opt/fovea/probe", "Probe"]
ENTRYPOINT ["/opt/java/bin/java", "@/opt/fovea/java.args", "-jar", "/opt/fovea/quarkus-run.jar"]
ARG SERVICE
ARG VERSION=0.1.0-SNAPSHOT
ARG REVISION=unknown
ARG CREATED=1970-01-01T00:00:00Z
ARG SOURCE=
LABEL org.opencontainers.image.title="fovea ${SERVICE}" \
      org.opencontainers.image.description="Streaming vision inference: the service ${SERVICE}, on the processor" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}" \
      org.opencontainers.image.created="${CREATED}" \
      org.opencontainers.image.source="${SOURCE}" \
      org.opencontainers.image.licenses="Apache-2.0"

# ONNX Runtime's natives for CUDA: the version of the jar that the service is compiled with (pom.xml), without TensorRT.
FROM maven:3.9-eclipse-temurin-25 AS onnxruntime-cuda
ARG ONNXRUNTIME_VERSION=1.29.0
RUN mvn -B -ntp org.apache.maven.plugins:maven-dependency-plugin:3.9.0:copy \
      -Dartifact=com.microsoft.onnxruntime:onnxruntime_gpu:${ONNXRUNTIME_VERSION} -DoutputDirectory=/build \
    && mkdir /opt/ort && cd /build && jar -xf onnxruntime_gpu-${ONNXRUNTIME_VERSION}.jar ai/onnxruntime/native/linux-x64 \
    && mv ai/onnxruntime/native/linux-x64/*.so /opt/ort/ && rm -f /opt/ort/libonnxruntime_providers_tensorrt.so \
    && rm -rf /build /root/.m2 \
    && find /opt/ort -exec touch -hd @0 {} +

# It is built for CUDA 12.8 (cudart, cublas, cublasLt, curand, cufft) and cuDNN 9; this base has them.
FROM nvidia/cuda:12.8.1-cudnn-runtime-ubuntu24.04 AS cuda
COPY --from=system /system/etc/passwd /system/etc/group /etc/
COPY --from=system /system/var/lib/fovea /var/lib/fovea
COPY --from=system /system/models /models
COPY --from=system /system/opt/fovea /opt/fovea
COPY --from=java /jre /opt/java
COPY --from=onnxruntime-cuda /opt/ort /opt/ort
COPY --from=parts /parts/natives /opt/fovea/natives
COPY --from=parts /parts/probe /opt/fovea/probe
COPY docker/java.args /opt/fovea/java.args
COPY --from=parts /parts/libraries /opt/fovea
COPY --from=parts /parts/application /opt/fovea
COPY --from=parts /parts/materials /opt/fovea
ENV JAVA_HOME=/opt/java PATH=/opt/java/bin:/usr/bin:/bin LANG=C.UTF-8 ORT_DISABLE_TELEMETRY=1 \
    JAVA_TOOL_OPTIONS=-XX:MaxRAMPercentage=50
ENV NVIDIA_VISIBLE_DEVICES=all NVIDIA_DRIVER_CAPABILITIES=compute,utility
WORKDIR /opt/fovea
USER 10001:10001
EXPOSE 9000 8080 9090
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=120s \
  CMD ["/opt/java/bin/java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx16m", "-XX:-UsePerfData", "-cp", "/opt/fovea/probe", "Probe"]
ENTRYPOINT ["/opt/java/bin/java", "@/opt/fovea/java.args", "-jar", "/opt/fovea/quarkus-run.jar"]
ARG SERVICE
ARG VERSION=0.1.0-SNAPSHOT
ARG REVISION=unknown
ARG CREATED=1970-01-01T00:00:00Z
ARG SOURCE=
LABEL org.opencontainers.image.title="fovea ${SERVICE}" \
      org.opencontainers.image.description="Streaming vision inference: the service ${SERVICE}, on GPUs of NVIDIA" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}" \
      org.opencontainers.image.created="${CREATED}" \
      org.opencontainers.image.source="${SOURCE}" \
      org.opencontainers.image.licenses="Apache-2.0"
