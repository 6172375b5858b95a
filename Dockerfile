# The image of one service: docker build --build-arg SERVICE=command-service .
# It holds the jar that ./ledger up runs, from the same build, in layers, so that a new version of ours is a small one.
ARG JAVA=eclipse-temurin:25.0.3_9

FROM ${JAVA}-jdk-noble AS build
WORKDIR /ledger
COPY . .
# As ./ledger builds; ContainerImageTest holds the two together.
RUN --mount=type=cache,target=/root/.m2 ./mvnw -q -B -ntp -Dmaven.test.skip -Dspotless.check.skip -Dcyclonedx.skip -pl standalone -am package

FROM build AS layers
ARG SERVICE
RUN mkdir /image && cp standalone/target/ledger/services/${SERVICE}.jar /image/service.jar
WORKDIR /image
RUN java -Djarmode=tools -jar service.jar extract --layers --destination layers

FROM ${JAVA}-jre-noble
WORKDIR /service
# What a service keeps; a volume that is new takes its owner from here.
RUN install -d -o 10001 -g 10001 -m 0700 /var/lib/ledger /var/lib/ledger/public
COPY ops/containers/ready.sh /usr/local/bin/ready
# What changes least comes first.
COPY --from=layers /image/layers/dependencies/ ./
COPY --from=layers /image/layers/spring-boot-loader/ ./
COPY --from=layers /image/layers/snapshot-dependencies/ ./
COPY --from=layers /image/layers/application/ ./
# Nobody in particular, who owns nothing of the above.
USER 10001:10001
ARG PORT
ENV LEDGER_READY_PORT=${PORT}
HEALTHCHECK --interval=5s --timeout=3s --start-period=60s --retries=6 CMD ["bash", "/usr/local/bin/ready"]
# The heap is set by JDK_JAVA_OPTIONS. Half dead is worse than dead: whoever watches it starts it again.
ENTRYPOINT ["java", "-XX:+ExitOnOutOfMemoryError", "-jar", "service.jar"]
