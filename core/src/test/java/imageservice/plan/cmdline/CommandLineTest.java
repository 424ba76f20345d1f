package imageservice.plan.cmdline;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.asset.AssetName;
import imageservice.asset.Target;
import imageservice.configuration.Customization;
import imageservice.configuration.DiskImageOptions;
import imageservice.configuration.MetaValue;
import imageservice.configuration.SecureBootOptions;
import imageservice.plan.PlanRequests;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The worked examples of boot-assets 3.5, above all for releases that nothing was recorded for.
final class CommandLineTest {
  private static final String NVME = "nvme_core.io_timeout=4294967295";
  private static final String IMA = "ima_template=ima-ng ima_appraise=fix ima_hash=sha512";
  private static final String KSPP =
      " init_on_alloc=1 slab_nomerge pti=on consoleblank=0 " + NVME + " printk.devkmsg=on";
  private static final String KSPP_14 =
      " slab_nomerge pti=on consoleblank=0 printk.devkmsg=on selinux=1 module.sig_enforce=1"
          + " proc_mem.force_override=never";
  private static final String KSPP_12 = KSPP + " selinux=1 module.sig_enforce=1";

  @ParameterizedTest
  @CsvSource({"v1.2.0", "v1.4.8", "v1.5.0", "v1.6.8", "v1.7.6", "v1.7.99"})
  void metalHasTheSerialConsoleBefore18(String version) {
    assertThat(text(version, "metal-amd64"))
        .isEqualTo("talos.platform=metal console=ttyS0 console=tty0" + KSPP + " " + IMA);
  }

  @ParameterizedTest
  @CsvSource({"v1.2.0", "v1.8.0", "v1.9.5"})
  void platformsAreTheSameUpTo19(String version) {
    assertThat(text(version, "metal-arm64"))
        .isEqualTo("talos.platform=metal console=ttyAMA0 console=tty0" + KSPP + " " + IMA);
    assertThat(text(version, "aws-amd64"))
        .isEqualTo(
            "talos.platform=aws console=tty1 console=ttyS0 net.ifnames=0" + KSPP + " " + IMA);
  }

  @Test
  void metalOfEachRelease() {
    String metal = "talos.platform=metal console=tty0";
    assertThat(text("v1.8.0", "metal-amd64")).isEqualTo(metal + KSPP + " " + IMA);
    assertThat(text("v1.8.0-alpha.0", "metal-amd64")).isEqualTo(metal + KSPP + " " + IMA);
    assertThat(text("v1.10.7", "metal-amd64")).isEqualTo(metal + KSPP + " " + IMA + " selinux=1");
    assertThat(text("v1.11.0", "metal-amd64")).isEqualTo(metal + KSPP + " selinux=1");
    assertThat(text("v1.12.0", "metal-amd64")).isEqualTo(metal + KSPP_12);
    assertThat(text("v1.13.0", "metal-amd64"))
        .isEqualTo(metal + KSPP_12 + " proc_mem.force_override=never");
    assertThat(text("v1.14.0", "metal-amd64")).isEqualTo(metal + KSPP_14);
  }

  @Test
  void platformsOf114() {
    assertThat(text("v1.14.0", "metal-arm64"))
        .isEqualTo("talos.platform=metal console=ttyAMA0 console=tty0" + KSPP_14);
    assertThat(text("v1.14.0", "aws-amd64"))
        .isEqualTo("talos.platform=aws console=tty1 console=ttyS0 net.ifnames=0 " + NVME + KSPP_14);
    assertThat(text("v1.14.0", "azure-amd64"))
        .isEqualTo(
            "talos.platform=azure console=ttyS0,115200n8 earlyprintk=ttyS0,115200 rootdelay=300"
                + " net.ifnames=0 talos.dashboard.disabled=1"
                + " sysctl.kernel.kexec_load_disabled=1"
                + KSPP_14);
  }

  @Test
  void vmwareOnArm64() {
    assertThat(text("v1.12.0", "vmware-arm64"))
        .isEqualTo(
            "talos.platform=vmware talos.config=guestinfo console=tty0 console=ttyAMA0"
                + " net.ifnames=0"
                + KSPP_12);
  }

  @Test
  void aContainerHasNoArgumentsOfItsPlatform() {
    assertThat(text("v1.12.0", "container-amd64")).isEqualTo("talos.platform=container" + KSPP_12);
  }

  @Test
  void isosHaltWhereTalosIsInstalledFrom18() {
    String halt = " talos.halt_if_installed=1";
    assertThat(iso("v1.12.0", "metal-amd64-secureboot", Customization.NONE))
        .isEqualTo(
            "talos.platform=metal console=tty0" + halt + KSPP_12 + " lockdown=confidentiality");
    assertThat(iso("v1.8.0", "metal-amd64", Customization.NONE)).contains(halt);
    assertThat(iso("v1.7.6", "metal-amd64", Customization.NONE)).doesNotContain(halt);
  }

  @Test
  void metaGoesBeforeWhatAPersonAdds() {
    Customization customization = customization(List.of("a=b"), List.of(new MetaValue(0xa, "{}")));
    assertThat(iso("v1.12.0", "metal-amd64", customization))
        .isEqualTo(
            "talos.platform=metal console=tty0 talos.halt_if_installed=1"
                + KSPP_12
                + " talos.environment=INSTALLER_META_BASE64=MHhhPXt9 a=b");
  }

  @Test
  void aConsoleTakesThePlaceOfConsoles() {
    assertThat(customized("vga=791", "console=ttyS1,115200"))
        .isEqualTo("talos.platform=metal console=ttyS1,115200" + KSPP_12 + " vga=791");
  }

  @Test
  void removingAndAddingAgainGoesToTheEnd() {
    assertThat(customized("-console", "-pti=on", "-selinux", "selinux=0", "console=ttyS0"))
        .isEqualTo(
            "talos.platform=metal init_on_alloc=1 slab_nomerge consoleblank=0 "
                + NVME
                + " printk.devkmsg=on module.sig_enforce=1 selinux=0 console=ttyS0");
  }

  @Test
  void aLineIsTheSameInEveryLanguage() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      assertThat(PlanRequests.version("v1.12.0")).hasToString("v1.12.0");
      assertThat(
              iso(
                  "v1.12.0",
                  "metal-amd64",
                  customization(List.of(), List.of(new MetaValue(27, "x")))))
          .endsWith("INSTALLER_META_BASE64=MHgxYj14");
    } finally {
      Locale.setDefault(before);
    }
  }

  private static String text(String version, String target) {
    return CommandLine.of(
        target(target),
        PlanRequests.version(version),
        CommandLine.Use.TEXT,
        Customization.NONE,
        "");
  }

  private static String iso(String version, String target, Customization customization) {
    return CommandLine.of(
        target(target), PlanRequests.version(version), CommandLine.Use.ISO, customization, "");
  }

  private static String customized(String... arguments) {
    return CommandLine.of(
        target("metal-amd64"),
        PlanRequests.version("v1.12.0"),
        CommandLine.Use.TEXT,
        customization(List.of(arguments), List.of()),
        "");
  }

  private static Target target(String text) {
    return ((AssetName.Iso) PlanRequests.name(text + ".iso")).target();
  }

  private static Customization customization(List<String> arguments, List<MetaValue> meta) {
    return new Customization(
        "",
        arguments,
        meta,
        List.of(),
        null,
        SecureBootOptions.DEFAULTS,
        DiskImageOptions.DEFAULTS);
  }
}
