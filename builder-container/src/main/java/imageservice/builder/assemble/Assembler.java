package imageservice.builder.assemble;

import imageservice.formats.blob.Blob;
import imageservice.ledger.Stage;
import imageservice.plan.BuildPlan;
import java.io.IOException;

/// Turns a plan into the asset's bytes, described.
public final class Assembler {
  private final InputSource source;

  public Assembler(InputSource source) {
    this.source = source;
  }

  /// The asset. Its bytes depend on the plan alone.
  public Blob assemble(BuildPlan plan, BuildStages stages) throws IOException {
    stages.enter(Stage.FETCHING, 0);
    Inputs inputs = source.fetch(plan.inputs());
    stages.enter(Stage.ASSEMBLING, 0);
    return switch (plan) {
      case BuildPlan.Kernel kernel -> inputs.file(kernel.kernel());
      case BuildPlan.Cmdline cmdline -> Blob.of(cmdline.text());
      case BuildPlan.Initramfs initramfs ->
          InitramfsAssembler.assemble(initramfs.content(), inputs);
      case BuildPlan.GrubIso iso -> GrubIsoAssembler.assemble(iso, inputs);
    };
  }
}
