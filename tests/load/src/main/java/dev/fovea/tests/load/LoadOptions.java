package dev.fovea.tests.load;

import dev.fovea.proto.v1.DescribeRequest;
import dev.fovea.proto.v1.DescribeResponse;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/// What is sent to the gRPC entrance, and how the service's capacity is found.
final class LoadOptions {

    @Option(
            names = "--load",
            defaultValue = "IMAGE",
            description = "calls carry PATCHES or an IMAGE, default: ${DEFAULT-VALUE}")
    private Requests.Kind kind = Requests.Kind.IMAGE;

    @Option(names = "--patches-per-call", defaultValue = "64", description = "default: ${DEFAULT-VALUE}")
    private int patchesPerCall;

    @Option(names = "--image", description = "to cut from, default: noise")
    private Optional<Path> image = Optional.empty();

    @Option(
            names = "--side",
            defaultValue = "320",
            description = "cut from the image, pixels, default: ${DEFAULT-VALUE}")
    private int sidePx;

    @Option(names = "--keypoints", defaultValue = "300", description = "most an image, default: ${DEFAULT-VALUE}")
    private int keypoints;

    @Option(
            names = "--in-flight",
            defaultValue = "16",
            description = "calls that saturate the service, default: ${DEFAULT-VALUE}")
    private int inFlight;

    @Option(names = "--connections", defaultValue = "4", description = "default: ${DEFAULT-VALUE}")
    private int connections;

    @Option(names = "--warm-up", defaultValue = "5", description = "seconds not counted, default: ${DEFAULT-VALUE}")
    private double warmUp;

    @Option(names = "--seconds", defaultValue = "20", description = "of each measurement, default: ${DEFAULT-VALUE}")
    private double seconds;

    Call<DescribeRequest, DescribeResponse> call() {
        return Call.describe(
                switch (kind) {
                    case PATCHES -> Requests.patches(patchesPerCall);
                    case IMAGE -> Requests.image(Requests.jpeg(image, sidePx, sidePx), keypoints);
                });
    }

    GrpcDriver driver(int port) {
        return new GrpcDriver(port, connections);
    }

    /// Runs the service at saturation.
    Outcome saturate(GrpcDriver driver, Call<?, ?> call) throws InterruptedException {
        Outcome outcome = driver.closedLoop(call, inFlight, warmUp, seconds);
        if (outcome.answers() == 0) {
            throw new IllegalStateException("nothing was answered; failures: " + outcome.failures());
        }
        return outcome;
    }

    double warmUp() {
        return warmUp;
    }

    double seconds() {
        return seconds;
    }

    void describe(Report report, Call<?, ?> call) {
        report.setting(
                        "load",
                        kind == Requests.Kind.IMAGE
                                ? "images of " + sidePx + " x " + sidePx + ", at most " + keypoints + " keypoints"
                                : "patches")
                .setting("bytes a call", call.bytes())
                .setting("calls in flight at saturation", inFlight)
                .setting("connections", connections)
                .setting("seconds", seconds);
    }
}
