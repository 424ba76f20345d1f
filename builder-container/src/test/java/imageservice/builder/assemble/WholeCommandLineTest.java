package imageservice.builder.assemble;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imageservice.builder.material.Material;
import imageservice.builder.material.UnfitInputException;
import imageservice.formats.blob.Blob;
import imageservice.plan.Input;
import imageservice.plan.OverlayProgram;
import imageservice.plan.PlannedCommandLine;
import imageservice.plan.cmdline.OpenCommandLine;
import imageservice.release.Digest;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class WholeCommandLineTest {
  private static final Digest IMAGE = Digest.of(new byte[0]);
  private static final Input.ImageFile KERNEL = new Input.ImageFile("imager", IMAGE, "vmlinuz");

  @Test
  void theKernelSaysHowMuchItReads() {
    assertThatCode(() -> require(bzImage(300), 290, 10)).doesNotThrowAnyException();
    assertThatThrownBy(() -> require(bzImage(300), 290, 11))
        .isInstanceOf(UnfitInputException.class)
        .hasMessage(
            "the kernel command line has 301 bytes with 11 that the boot loader adds, of which"
                + " kernels read 300: shorten customization.extraKernelArgs or meta");
    assertThatCode(() -> require(bzImage(4095), 3000, 0)).doesNotThrowAnyException();
  }

  @Test
  void otherKernelsReadAsMuchAsLinuxDoesOnArm64() {
    assertThatCode(() -> require(Blob.of("MZ"), 2047, 0)).doesNotThrowAnyException();
    assertThatThrownBy(() -> require(Blob.of("MZ"), 2048, 0))
        .hasMessageStartingWith(
            "the kernel command line has 2048 bytes, of which kernels read 2047: shorten ");
  }

  @Test
  void anOverlayThatMakesTheLineTooLongIsNamed() {
    PlannedCommandLine line =
        new PlannedCommandLine.WithOverlay(
            new OverlayProgram(new Input.ImageFile("sbc-new", IMAGE, "installers/new"), ""),
            new OpenCommandLine("a=1", "b", List.of()));
    assertThatThrownBy(() ->
            WholeCommandLine.require(
                KERNEL, line, text -> 0, material(bzImage(300), line, "x".repeat(301))))
        .isInstanceOf(UnfitInputException.class)
        .hasMessageEndingWith("or meta, or the arguments of overlay new");
  }

  private static void require(Blob kernel, int length, int added) throws Exception {
    PlannedCommandLine line = new PlannedCommandLine.Settled("x".repeat(length));
    WholeCommandLine.require(
        KERNEL, line, text -> added, material(kernel, line, "x".repeat(length)));
  }

  private static Material material(Blob kernel, PlannedCommandLine line, String text) {
    return new Material(
        Map.of(KERNEL, kernel),
        Map.of(),
        Map.of(),
        Map.of(),
        Map.of(),
        Map.of(),
        Map.of(),
        Map.of(line, text));
  }

  private static Blob bzImage(int cmdlineSize) {
    ByteBuffer kernel = ByteBuffer.allocate(0x400).order(ByteOrder.LITTLE_ENDIAN);
    kernel.put(0x202, "HdrS".getBytes(StandardCharsets.US_ASCII));
    kernel.putShort(0x206, (short) 0x020F).putInt(0x238, cmdlineSize);
    return Blob.of(kernel.array());
  }
}
