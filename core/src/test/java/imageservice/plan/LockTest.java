package imageservice.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imageservice.asset.Asset;
import imageservice.asset.AssetNameGrammar;
import imageservice.configuration.NamedConfiguration;
import imageservice.json.MalformedJsonException;
import imageservice.release.CatalogueExtension;
import imageservice.release.CatalogueImages;
import imageservice.release.Digest;
import imageservice.release.InstallerBase;
import imageservice.release.Release;
import imageservice.release.ReleaseDocument;
import imageservice.release.TalosVersion;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LockTest {
  private static final TalosVersion VERSION = PlanRequests.version("v1.13.2");
  private static final Planner PLANNER = new Planner(PlanRequests.URL, false);
  private static final ReleaseDocument DOCUMENT =
      new ReleaseDocument(
          VERSION,
          Optional.of(
              List.of(
                  extension("siderolabs/gvisor"),
                  extension("siderolabs/other"),
                  extension("siderolabs/i915"))),
          Optional.of(List.of()),
          Optional.empty(),
          new InstallerBase.Image(PlanRequests.digest("base")),
          new CatalogueImages(Optional.of(PlanRequests.digest("e")), Optional.empty()));
  private static final NamedConfiguration NAMED =
      PlanRequests.of(
              VERSION.toString(),
              "kernel-amd64",
              PlanRequests.configuration(
                  """
                  customization:
                    extraKernelArgs: [a=b]
                    embeddedMachineConfiguration: "x: 1"
                    systemExtensions:
                      officialExtensions: [siderolabs/gvisor, siderolabs/i915-ucode]
                  """))
          .named();

  private static CatalogueExtension extension(String name) {
    return new CatalogueExtension(name, "r/" + name + ":1", PlanRequests.digest(name), "a", "d");
  }

  private static Lock lock() {
    return Lock.of(
        PlanRequests.URL,
        NAMED,
        PlanRequests.INDEX.find(VERSION).orElseThrow(),
        Optional.of(PlanRequests.digest("grub kit")),
        Optional.of(RecordedKeys.KEYS),
        DOCUMENT);
  }

  /// An alias is found under the extension's name of today.
  @Test
  void hasWhatTheConfigurationNamesAndNothingElse() {
    assertThat(lock().document().extensions().orElseThrow())
        .extracting(CatalogueExtension::name)
        .containsExactly("siderolabs/gvisor", "siderolabs/i915");
    assertThat(lock().document().installerBase()).isEqualTo(DOCUMENT.installerBase());
  }

  @Test
  void isReadBack() throws Exception {
    assertThat(LockJson.read(LockJson.write(lock()))).isEqualTo(lock());
    Lock bare =
        new Lock(
            PlanRequests.URL,
            NAMED,
            new Release(VERSION, PlanRequests.digest("i")),
            Optional.empty(),
            Optional.empty(),
            DOCUMENT,
            List.of());
    assertThat(LockJson.read(LockJson.write(bare))).isEqualTo(bare);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "kernel-arm64",
        "initramfs-amd64.xz",
        "metal-amd64.iso",
        "aws-arm64.raw.xz",
        "metal-amd64-uki.efi",
        "installer-amd64.tar"
      })
  void assetsArePlannedFromItAsFromTheService(String name) throws Exception {
    Asset asset =
        new Asset.Configured(
            NAMED.id(), VERSION, ((AssetNameGrammar.Parsed) AssetNameGrammar.parse(name)).name());
    PlanContext context =
        new PlanContext(Optional.of(NAMED), PlanRequests.INDEX, Optional.of(DOCUMENT));
    PlanOutcome planned = PLANNER.plan(asset, context);
    assertThat(planned).isInstanceOf(PlanOutcome.Planned.class);
    assertThat(PLANNER.plan(asset, LockJson.read(LockJson.write(lock())).context()))
        .isEqualTo(planned);
  }

  /// Keys are told apart by certificate, PCR key and the files that were given.
  @Test
  void tellsKeysThatSignedForIt() {
    BootKeys keys = RecordedKeys.KEYS;
    BootKeys others =
        new BootKeys(
            keys.certificate(),
            keys.pcr(),
            Optional.of(new EnrolmentFiles<>("pk", "kek", "db").<Digest>map(PlanRequests::digest)));
    assertThat(lock().hasKeys(keys)).isTrue();
    assertThat(lock().hasKeys(others)).isFalse();
    assertThat(LockJson.write(lock())).contains(keys.certificate().id().value());
  }

  @Test
  void tellsRecipesThatAreCarriedOutOtherwise() {
    assertThat(lock().changedRecipes()).isEmpty();
    Lock older =
        new Lock(
            PlanRequests.URL,
            NAMED,
            lock().release(),
            Optional.empty(),
            Optional.empty(),
            DOCUMENT,
            List.of(Recipe.KERNEL.toString(), "grub-iso/0"));
    assertThat(older.changedRecipes()).containsExactly("grub-iso/0");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "[]",
        "{\"lock\":2}",
        "{\"lock\":1}",
        "{\"lock\":\"1\"}",
        "{\"version\":\"v1.13.2\"}"
      })
  void anythingElseIsNoLock(String text) {
    assertThatThrownBy(() -> LockJson.read(text)).isInstanceOf(MalformedJsonException.class);
  }

  @Test
  void whatIsChangedInItIsNoticed() {
    String good = LockJson.write(lock());
    Digest imager = lock().release().imager();
    for (String bad :
        List.of(
            good.replaceFirst("\"version\": \"v1.13.2\"", "\"version\": \"v1.13.3\""),
            good.replace(NAMED.id().hex(), "abc"),
            good.replace(imager.value(), "sha256:12"),
            good.replace("customization:", "customisation:"),
            good.substring(0, good.length() / 2))) {
      assertThat(bad).isNotEqualTo(good);
      assertThatThrownBy(() -> LockJson.read(bad)).isInstanceOf(MalformedJsonException.class);
    }
  }
}
