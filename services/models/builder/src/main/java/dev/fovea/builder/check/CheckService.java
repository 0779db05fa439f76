package dev.fovea.builder.check;

import dev.fovea.builder.index.client.RetrievalClient;
import dev.fovea.builder.index.client.ServerOptions;
import dev.fovea.builder.terminal.Table;
import dev.fovea.proto.v1.InfoRequest;
import dev.fovea.proto.v1.InfoResponse;
import dev.fovea.proto.v1.ServedModel;
import dev.fovea.proto.v1.ServiceInfoGrpc;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `fovea check`: whether a running service, any of the three, answers.
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        usageHelpAutoWidth = true,
        description = "Asks a running service for its models and has its default model look at a picture that is drawn "
                + "on the spot. Exit code 0: all models serve and the picture was answered for.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  fovea check --server localhost:9000",
            "  fovea check --server retrieval.vision.svc:9000 --ca ca.crt --token-file token"
        })
public final class CheckService implements Callable<Integer> {

    private static final String SERVING = "SERVING";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ServerOptions server = new ServerOptions();

    @Override
    public Integer call() throws IOException, InterruptedException {
        try (RetrievalClient client = server.connect()) {
            InfoResponse info =
                    client.ask(ServiceInfoGrpc::newBlockingStub, stub -> stub.info(InfoRequest.getDefaultInstance()));
            PrintWriter out = spec.commandLine().getOut();
            out.println(info.getService() + " " + info.getVersion());
            models(info).print(out);
            List<String> idle = info.getModelsList().stream()
                    .filter(model -> !model.getState().equals(SERVING))
                    .map(CheckService::name)
                    .toList();
            if (!idle.isEmpty()) {
                throw new IOException(info.getService() + " does not serve " + String.join(", ", idle));
            }
            out.println(OneCall.of(info.getService()).ask(client, DrawnPicture.png()));
            out.flush();
            return 0;
        }
    }

    private static Table models(InfoResponse info) {
        var table = new Table("model", "state", "architecture");
        info.getModelsList().forEach(model -> table.row(name(model), model.getState(), model.getArchitecture()));
        return table;
    }

    private static String name(ServedModel model) {
        return model.getIdentity().getName() + "@" + model.getIdentity().getVersion();
    }
}
