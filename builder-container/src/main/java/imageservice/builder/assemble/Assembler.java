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
  public Assembled assemble(BuildPlan plan, BuildStages stages) throws IOException {
    stages.enter(Stage.FETCHING, 0);
    Inputs inputs = source.fetch(plan.inputs());
    stages.enter(Stage.ASSEMBLING, 0);
    return switch (plan) {
      case BuildPlan.Kernel kernel -> Assembled.of(inputs.file(kernel.kernel()));
      case BuildPlan.Cmdline cmdline -> Assembled.of(Blob.of(cmdline.text()));
      case BuildPlan.Initramfs initramfs ->
          Assembled.of(InitramfsAssembler.assemble(initramfs.content(), inputs));
      case BuildPlan.GrubIso iso -> Assembled.of(GrubIsoAssembler.assemble(iso, inputs));
      case BuildPlan.Uki uki -> UkiAssembler.assemble(uki.content(), inputs);
      case BuildPlan.SystemdBootIso iso -> SystemdBootIsoAssembler.assemble(iso, inputs);
      case BuildPlan.HybridIso iso -> HybridIsoAssembler.assemble(iso, inputs);
      case BuildPlan.Talosctl talosctl -> Assembled.of(inputs.file(talosctl.file()));
    };
  }
}
