package imageservice.builder.overlay;

import java.io.IOException;

/// A service that runs one program of an overlay: a tool, a name and a script.
final class OneProgram {
  private OneProgram() {}

  public static void main(String[] arguments) {
    OverlayPrograms programs = Scripts.programs(SandboxTool.valueOf(arguments[0]), 40);
    try {
      System.out.println(
          programs
              .options(Scripts.program(arguments[1], Scripts.script(arguments[2]), ""))
              .kernelArguments());
    } catch (IOException e) {
      System.out.println(e.getMessage());
    }
  }
}
