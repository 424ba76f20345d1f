package imageservice.plan;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.asset.AssetName;
import imageservice.configuration.Configuration;
import imageservice.configuration.ConfigurationDecoder;
import imageservice.configuration.InvalidConfigurationException;
import imageservice.plan.PlanOutcome.Reason;
import imageservice.plan.PlanOutcome.Refused;
import imageservice.release.InstallerBase;
import imageservice.release.ReleaseDocument;
import imageservice.release.ReleaseIndex;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the planner refuses, each with its whole message; the catalogues' refusals are in {@link
/// CatalogueChoiceTest}.
final class RefusalsTest {
  private static final String EMPTY = "{}";
  private static final String OVERLAY = "overlay: {image: siderolabs/sbc-x, name: x}";
  private static final String EXTENSIONS =
      "customization: {systemExtensions: {officialExtensions: [siderolabs/b, siderolabs/a]}}";
  private static final String EMBEDDED = "customization: {embeddedMachineConfiguration: 'a: b'}";
  private static final String ENHANCING = "error enhancing profile from schematic: ";

  private static final InstallerBase BASE = new InstallerBase.Image(PlanRequests.digest("base"));

  private final Planner planner = new Planner(PlanRequests.URL, false);
  private final Planner signing =
      new Planner(PlanRequests.URL, Optional.of(RecordedKeys.KEYS), false, Optional.empty());

  @ParameterizedTest
  @CsvSource({
    "cmdline-metal-rpi_generic-arm64",
    "metal-rpi_generic-arm64.iso",
    "metal-rpi_generic-arm64.raw.xz"
  })
  void boardsEndWith16(String asset) {
    assertRefused(
        planner,
        "v1.7.6",
        asset,
        EMPTY,
        new Refused(
            Reason.UNSUPPORTED,
            "error parsing profile from path: invalid architecture: \"rpi_generic-arm64\"; boards"
                + " are in releases before Talos v1.7: write metal-arm64, with an overlay in the"
                + " configuration"));
  }

  @ParameterizedTest
  @CsvSource({"kernel-amd64", "cmdline-metal-arm64", "initramfs-arm64.xz", "metal-arm64.raw.xz"})
  void anOverlayNeeds17WhateverTheAsset(String asset) {
    assertRefused(
        planner,
        "v1.6.8",
        asset,
        OVERLAY,
        unsupported("overlay is not supported for Talos version v1.6.8"));
  }

  @ParameterizedTest
  @CsvSource({
    "initramfs-amd64.xz",
    "metal-amd64-uki.efi",
    "metal-amd64.iso",
    "installer-amd64.tar"
  })
  void anEmbeddedConfigurationNeeds112(String asset) {
    assertRefused(
        planner,
        "v1.11.0",
        asset,
        EMBEDDED,
        unsupported("embedding configuration is not supported for Talos version v1.11.0"));
  }

  @Test
  void secureBootNeedsKeys() {
    for (String asset :
        new String[] {
          "cmdline-metal-amd64-secureboot",
          "metal-amd64-secureboot-uki.efi",
          "metal-arm64-secureboot.iso",
          "aws-amd64-secureboot.raw.xz",
          "installer-amd64-secureboot.tar"
        }) {
      assertRefused(planner, "v1.9.5", asset, EMPTY, unsupported("secure boot is disabled"));
    }
  }

  @Test
  void secureBootAndUkisNeed15() {
    assertRefused(
        signing,
        "v1.3.7",
        "metal-amd64-secureboot.iso",
        EMPTY,
        unsupported("secureboot is not supported for Talos version v1.3.7"));
    assertRefused(
        planner,
        "v1.3.7",
        "metal-amd64-uki.efi",
        EMPTY,
        unsupported("UKIs are not supported for Talos version v1.3.7"));
  }

  @Test
  void enrolmentIsCheckedForSecureBootOnly() throws Exception {
    String bogus = "customization: {secureboot: {enrollKeys: bogus}}";
    assertRefused(
        signing,
        "v1.9.5",
        "cmdline-metal-amd64-secureboot",
        bogus,
        unsupported(
            "invalid secureboot enrollKeys value \"bogus\": bogus does not belong to"
                + " SDBootEnrollKeys values"));
    assertThat(plan(signing, "v1.9.5", "cmdline-metal-amd64", bogus))
        .isInstanceOf(PlanOutcome.Planned.class);
    for (String value : new String[] {"off", "manual", "if-safe", "force"}) {
      String good = "customization: {secureboot: {enrollKeys: '" + value + "'}}";
      assertThat(plan(signing, "v1.9.5", "cmdline-metal-amd64-secureboot", good))
          .isInstanceOf(PlanOutcome.Planned.class);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "kernel-amd64",
    "cmdline-metal-amd64",
    "metal-amd64.iso",
    "initramfs-amd64.xz",
    "metal-amd64.raw"
  })
  void anUnknownVersionHasNoKernel(String asset) {
    assertRefused(
        planner,
        "v1.9.99",
        asset,
        EMPTY,
        new Refused(Reason.NO_SUCH_VERSION, "failed to get kernel: " + notOnOffer("1.9.99")));
  }

  @Test
  void anUnknownVersionHasNoExtensionsEither() {
    String catalogue = ENHANCING + "error getting official extensions: " + notOnOffer("1.9.99");
    assertRefused(
        planner,
        "v1.9.99",
        "initramfs-amd64.xz",
        EXTENSIONS,
        new Refused(Reason.NO_SUCH_VERSION, catalogue));
    assertRefused(
        planner,
        "v1.9.99",
        "kernel-amd64",
        EXTENSIONS,
        new Refused(Reason.NO_SUCH_VERSION, "failed to get kernel: " + notOnOffer("1.9.99")));
  }

  @Test
  void preReleasesAndBuildsAreOtherVersions() {
    for (String version : new String[] {"1.9.5-rc.0", "1.9.5+meta"}) {
      assertRefused(
          planner,
          version,
          "kernel-amd64",
          EMPTY,
          new Refused(Reason.NO_SUCH_VERSION, "failed to get kernel: " + notOnOffer(version)));
    }
  }

  @Test
  void anInstallerNeedsItsReleasesBase() throws Exception {
    ReleaseDocument absent = PlanRequests.document("v1.9.5", new InstallerBase.Absent());
    assertThat(
            PlanRequests.plan(
                planner,
                request("v1.9.5", "installer-amd64.tar", EMPTY),
                PlanRequests.INDEX,
                Optional.of(absent)))
        .isEqualTo(
            new Refused(
                Reason.NO_SUCH_VERSION,
                "this release has no installer image at the source: installer:v1.9.5"));
    assertRefused(
        planner,
        "v1.9.99",
        "installer-amd64.tar",
        EMPTY,
        new Refused(
            Reason.NO_SUCH_VERSION,
            ENHANCING + "failed to get base installer: " + notOnOffer("1.9.99")));
  }

  @Test
  void anIsoNeedsTheGrubKit() throws Exception {
    ReleaseIndex bare = PlanRequests.index(Optional.empty());
    assertThat(
            PlanRequests.plan(
                planner, request("v1.9.5", "metal-amd64.iso", EMPTY), bare, Optional.empty()))
        .isEqualTo(
            new Refused(
                Reason.NOT_SET_UP,
                "media with GRUB need the GRUB kit, which is not there: make it with"
                    + " grub-kit/make-grub-kit"));
    assertThat(
            PlanRequests.plan(
                planner, request("v1.9.5", "initramfs-amd64.xz", EMPTY), bare, Optional.empty()))
        .isInstanceOf(PlanOutcome.Planned.class);
  }

  private static Refused unsupported(String message) {
    return new Refused(Reason.UNSUPPORTED, ENHANCING + message);
  }

  private static String notOnOffer(String version) {
    return "version "
        + version
        + " is not available; on offer are v1.9.5, v1.14.0, v1.13.2, v1.12.6; GET /versions lists"
        + " all";
  }

  private static void assertRefused(
      Planner planner, String version, String asset, String document, Refused refused) {
    try {
      assertThat(plan(planner, version, asset, document)).isEqualTo(refused);
    } catch (InvalidConfigurationException e) {
      throw new IllegalArgumentException(document, e);
    }
  }

  private static PlanOutcome plan(Planner planner, String version, String asset, String document)
      throws InvalidConfigurationException {
    return PlanRequests.plan(
        planner,
        request(version, asset, document),
        PlanRequests.INDEX,
        planned(request(version, asset, document)));
  }

  /// Installers alone need it for these.
  private static Optional<ReleaseDocument> planned(PlanRequest request) {
    return CatalogueChoice.isNeeded(request) && request.name() instanceof AssetName.Installer
        ? Optional.of(PlanRequests.document(request.version().toString(), BASE))
        : Optional.empty();
  }

  private static PlanRequest request(String version, String asset, String document)
      throws InvalidConfigurationException {
    Configuration configuration =
        new ConfigurationDecoder(false).decode(document.getBytes(StandardCharsets.UTF_8));
    return PlanRequests.of(version, asset, configuration);
  }
}
