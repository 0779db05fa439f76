# The command line and the models it builds. At the root of the checkout, after `mvn package`:
#   docker build -f docker/model-repository.Dockerfile --target repository -t fovea/model-repository .
# Targets: builder, the command `fovea` alone; repository, the same with models in /models, for init containers; and
# models, nothing but /models, for image volumes of Kubernetes. --build-arg MODELS says which models.

FROM eclipse-temurin:25-jdk AS java
RUN jlink --no-header-files --no-man-pages --output /jre --add-modules \
      java.base,java.desktop,java.instrument,java.logging,java.management,java.naming,java.net.http,java.rmi,java.security.jgss,java.security.sasl,java.sql,java.xml,jdk.crypto.ec,jdk.incubator.vector,jdk.jcmd,jdk.jfr,jdk.management,jdk.management.agent,jdk.naming.dns,jdk.net,jdk.unsupported,jdk.zipfs \
    && find /jre -exec touch -hd @0 {} + \
    && /jre/bin/java -Xshare:dump \
    && find /jre -exec touch -hd @0 {} +

FROM eclipse-temurin:25-jdk AS parts
COPY docker/Parts.java /build/
COPY services/models/builder/target/fovea.jar /build/fovea.jar
RUN java /build/Parts.java /build/fovea.jar /parts && find /parts -exec touch -hd @0 {} +

# A slim Debian, because the pictures that `fovea evaluate` draws have words on them, and those need a font.
FROM debian:bookworm-slim AS builder
RUN apt-get update && apt-get install -y --no-install-recommends fontconfig fonts-dejavu-core \
    && rm -rf /var/lib/apt/lists/* /var/cache/* /var/log/* \
    && groupadd -g 10001 fovea && useradd -u 10001 -g 10001 -d /tmp -s /usr/sbin/nologin fovea \
    && install -d -o 10001 -g 10001 /target
COPY --from=java /jre /opt/java
COPY --from=parts /parts/natives /opt/fovea/natives
COPY --from=parts /parts/onnxruntime /opt/ort
COPY docker/java.args /opt/fovea/java.args
COPY --from=parts /parts/application /opt/fovea
ENV JAVA_HOME=/opt/java LANG=C.UTF-8 ORT_DISABLE_TELEMETRY=1 JAVA_TOOL_OPTIONS=-XX:MaxRAMPercentage=60
WORKDIR /tmp
USER 10001:10001
ENTRYPOINT ["/opt/java/bin/java", "@/opt/fovea/java.args", "-jar", "/opt/fovea/fovea.jar"]
ARG VERSION=0.1.0-SNAPSHOT
ARG REVISION=unknown
ARG CREATED=1970-01-01T00:00:00Z
ARG SOURCE=
LABEL org.opencontainers.image.title="fovea" \
      org.opencontainers.image.description="Streaming vision inference: the command line" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}" \
      org.opencontainers.image.created="${CREATED}" \
      org.opencontainers.image.source="${SOURCE}" \
      org.opencontainers.image.licenses="Apache-2.0"

# One `fovea models build` a line of MODELS, which a semicolon ends. The first needs no training; the others answer
# nothing useful and are here so that all three services start: give your own checkpoints' models instead.
FROM builder AS built
ARG MODELS="siftnet; bcnn-resnet18 --name classifier --seeded demonstration --classes 10; gem --name embedder --seeded demonstration --trunk resnet18 --image-size 224"
RUN IFS=';'; mkdir /tmp/models && for model in $MODELS; do \
      IFS=' '; /opt/java/bin/java @/opt/fovea/java.args -jar /opt/fovea/fovea.jar models build $model --repository /tmp/models || exit 1; \
    done

FROM builder AS repository
COPY --from=built /tmp/models /models
LABEL org.opencontainers.image.title="fovea model repository" \
      org.opencontainers.image.description="Models in /models, and the command that copies them"

FROM scratch AS models
COPY --from=built /tmp/models /models
USER 10001:10001
LABEL org.opencontainers.image.title="fovea models" \
      org.opencontainers.image.description="Models in /models, for image volumes"
