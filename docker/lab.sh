#!/bin/sh
# Docker on a Debian machine that reaches packages but no image registry, to try out what is in this folder:
#   sudo docker/lab.sh start FOLDER      installs, starts a daemon of its own in FOLDER, makes stand-in base images
#   export DOCKER_HOST=unix://FOLDER/docker.sock DOCKER_CONFIG=FOLDER/config
#   sudo docker/lab.sh stop FOLDER       ends the daemon and takes its network settings back
# The bases carry their upstream names, so the Dockerfiles build unmodified: Debian by debootstrap, Java from JAVA_HOME,
# Kafka from its jars in Maven Central. What works on them still has to be tried on the real ones. No CUDA base is made.
set -eu
usage() { sed -n '2,7s/^# \{0,1\}//p' "$0" >&2; exit 2; }
[ $# -eq 2 ] || usage
command=$1
mkdir -p "$2"
lab=$(cd "$2" && pwd)
mirror=${DEBIAN_MIRROR:-http://deb.debian.org/debian}
kafka=4.3.1
export DOCKER_HOST="unix://$lab/docker.sock" DOCKER_CONFIG="$lab/config"

start() {
    : "${JAVA_HOME:?must name a JDK 25}"
    # Debian would start its own daemon.
    if [ ! -e /usr/sbin/policy-rc.d ]; then
        printf '#!/bin/sh\nexit 101\n' > "$lab/policy-rc.d"
        install -m 755 "$lab/policy-rc.d" /usr/sbin/policy-rc.d
    fi
    apt-get install -y --no-install-recommends docker.io debootstrap maven
    plugins
    cat /proc/sys/net/ipv4/ip_forward > "$lab/ip_forward"
    setsid nohup /usr/sbin/dockerd -H "$DOCKER_HOST" --data-root "$lab/data" --exec-root "$lab/exec" \
        --pidfile "$lab/docker.pid" > "$lab/docker.log" 2>&1 < /dev/null &
    until docker version > /dev/null 2>&1; do sleep 1; done
    debian
    java
    kafka
    docker images
}

# Compose and BuildKit of the next Debian; their programs are static.
plugins() {
    root="$lab/trixie"
    mkdir -p "$root/lists/partial" "$root/cache/archives/partial" "$DOCKER_CONFIG/cli-plugins"
    echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror trixie main" > "$root/sources.list"
    set -- -o Dir::Etc::sourcelist="$root/sources.list" -o Dir::Etc::sourceparts=- -o Dir::State::lists="$root/lists" \
        -o Dir::Cache="$root/cache" -o APT::Sandbox::User=root
    apt-get "$@" update
    (cd "$root" && apt-get "$@" download docker-compose/trixie docker-buildx/trixie)
    for package in "$root"/*.deb; do dpkg -x "$package" "$root/files"; done
    cp "$root"/files/usr/libexec/docker/cli-plugins/* "$DOCKER_CONFIG/cli-plugins/"
    # podman reads it too, and fails if it is absent.
    echo '{}' > "$DOCKER_CONFIG/config.json"
}

debian() {
    [ -d "$lab/debian" ] || debootstrap --variant=minbase --include=ca-certificates bookworm "$lab/debian" "$mirror"
    rm -rf "$lab/debian/var/cache/apt/archives/"*.deb "$lab/debian/var/lib/apt/lists/"*
    tar -C "$lab/debian" --one-file-system -c . | docker import -c 'CMD ["bash"]' - debian:bookworm-slim
}

java() {
    rm -rf "$lab/java" && mkdir "$lab/java" && cp -rL "$JAVA_HOME/." "$lab/java/jdk"
    cat > "$lab/java/Dockerfile" << 'END'
FROM debian:bookworm-slim
ENV JAVA_HOME=/opt/java/openjdk PATH=/opt/java/openjdk/bin:/usr/sbin:/usr/bin:/sbin:/bin
COPY jdk /opt/java/openjdk
END
    docker build -t eclipse-temurin:25-jdk "$lab/java"
}

# As apache/kafka does it: its own wrapper turns the environment into files and formats the storage.
kafka() {
    mkdir -p "$lab/kafka"
    cat > "$lab/kafka/pom.xml" << END
<project><modelVersion>4.0.0</modelVersion><groupId>lab</groupId><artifactId>kafka</artifactId><version>1</version>
<dependencies>
<dependency><groupId>org.apache.kafka</groupId><artifactId>kafka_2.13</artifactId><version>$kafka</version></dependency>
<dependency><groupId>org.apache.kafka</groupId><artifactId>kafka-tools</artifactId><version>$kafka</version></dependency>
<dependency><groupId>org.slf4j</groupId><artifactId>slf4j-simple</artifactId><version>1.7.36</version></dependency>
</dependencies></project>
END
    mvn -B -q -f "$lab/kafka/pom.xml" org.apache.maven.plugins:maven-dependency-plugin:3.9.0:copy-dependencies \
        -DincludeScope=runtime -DoutputDirectory="$lab/kafka/libs"
    cat > "$lab/kafka/run" << 'END'
#!/bin/sh
set -e
printf 'process.roles=broker,controller\nnode.id=1\n' > /tmp/default/server.properties
java -cp '/opt/kafka/libs/*' kafka.docker.KafkaDockerWrapper setup \
    --default-configs-dir /tmp/default --mounted-configs-dir /mnt/shared/config --final-configs-dir /opt/kafka/config
exec java $KAFKA_HEAP_OPTS -Dorg.slf4j.simpleLogger.defaultLogLevel=warn -cp '/opt/kafka/libs/*' \
    kafka.Kafka /opt/kafka/config/server.properties
END
    tool() { printf '#!/bin/sh\nexec java $KAFKA_HEAP_OPTS -cp "/opt/kafka/libs/*" %s "$@"\n' "$2" > "$lab/kafka/$1"; }
    tool kafka-topics.sh org.apache.kafka.tools.TopicCommand
    tool kafka-broker-api-versions.sh org.apache.kafka.tools.BrokerApiVersionsCommand
    chmod 755 "$lab/kafka/run" "$lab/kafka"/*.sh
    cat > "$lab/kafka/Dockerfile" << 'END'
FROM eclipse-temurin:25-jdk
RUN useradd -u 1000 appuser && install -d -o 1000 /opt/kafka/config /var/lib/kafka/data /mnt/shared/config /tmp/default \
    && touch /tmp/default/log4j2.yaml /tmp/default/tools-log4j2.yaml && chown -R 1000 /tmp/default
COPY libs /opt/kafka/libs
COPY kafka-topics.sh kafka-broker-api-versions.sh /opt/kafka/bin/
COPY run /etc/kafka/docker/run
ENV CLUSTER_ID=5L6g3nShT-eMCtK--X86sw
USER appuser
VOLUME /var/lib/kafka/data
CMD ["/etc/kafka/docker/run"]
END
    docker build -t "apache/kafka:$kafka" "$lab/kafka"
}

stop() {
    docker ps -q | xargs -r docker rm -f
    docker network prune -f
    kill "$(cat "$lab/docker.pid")"
    while [ -e "$lab/docker.pid" ]; do sleep 1; done
    umount "$lab/exec/netns/default" 2> /dev/null || true
    ip link del docker0 2> /dev/null || true
    iptables-save | grep -v -i docker | iptables-restore
    iptables -P FORWARD ACCEPT
    if [ -e "$lab/policy-rc.d" ]; then rm /usr/sbin/policy-rc.d; fi
    cat "$lab/ip_forward" > /proc/sys/net/ipv4/ip_forward
}

case $command in
    start) start ;;
    stop) stop ;;
    *) usage ;;
esac
