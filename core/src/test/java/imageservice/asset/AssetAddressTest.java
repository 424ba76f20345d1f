package imageservice.asset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imageservice.configuration.ConfigurationId;
import imageservice.release.Digest;
import imageservice.release.TalosVersion;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AssetAddressTest {
  private static final String ID = "0123456789abcdef".repeat(4);
  private static final TalosVersion VERSION = TalosVersion.of(1, 9, 5);
  private static final AssetAddress ISO =
      new AssetAddress(
          "g856ba8cb",
          new Asset.Configured(
              new ConfigurationId(ID),
              VERSION,
              new AssetName.Iso(new Target(Platform.METAL, Architecture.AMD64, false))));
  private static final AssetAddress TALOSCTL =
      new AssetAddress("g00000000", new Asset.Talosctl(VERSION, "talosctl-linux-amd64"));

  private static final AssetAddress INSTALLER =
      new AssetAddress(
          "g00000000",
          new Asset.InstallerImage(new ConfigurationId(ID), VERSION, Platform.METAL, true));

  @Test
  void isTheGenerationAndThePath() {
    assertThat(ISO).hasToString("g856ba8cb/image/" + ID + "/v1.9.5/metal-amd64.iso");
    assertThat(TALOSCTL).hasToString("g00000000/talosctl/v1.9.5/talosctl-linux-amd64");
    assertThat(INSTALLER)
        .hasToString("g00000000/v2/metal-installer-secureboot/" + ID + "/manifests/v1.9.5");
    assertThat(INSTALLER.asset().fileName()).isEqualTo("metal-installer-secureboot.json");
    assertThat(ISO.asset().fileName()).isEqualTo("metal-amd64.iso");
    assertThat(TALOSCTL.asset().fileName()).isEqualTo("talosctl-linux-amd64");
  }

  @Test
  void itsTextIsReadBack() {
    assertThat(AssetAddress.parse(ISO.toString())).contains(ISO);
    assertThat(AssetAddress.parse(TALOSCTL.toString())).contains(TALOSCTL);
    assertThat(AssetAddress.parse(INSTALLER.toString())).contains(INSTALLER);
  }

  /// The digest is part of the address: other bytes of the asset get another attestation.
  @Test
  void anAttestationLiesBehindItsAssetUnderTheDigestOfThat() {
    Digest digest = Digest.of(new byte[1]);
    for (AssetAddress of : List.of(ISO, TALOSCTL)) {
      AssetAddress attestation =
          new AssetAddress("g00000000", new Asset.Attestation(of.asset(), digest));
      assertThat(attestation)
          .hasToString("g00000000" + of.asset().path() + ".sigstore.json/" + digest.hex());
      assertThat(attestation.asset().fileName())
          .isEqualTo(of.asset().fileName() + ".sigstore.json");
      assertThat(AssetAddress.parse(attestation.toString())).contains(attestation);
    }
    assertThatThrownBy(() -> new Asset.Attestation(INSTALLER.asset(), digest))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void namesItsBuildByTheDigestOfItsText() {
    assertThat(ISO.buildId())
        .isEqualTo(Digest.of(ISO.toString().getBytes(StandardCharsets.UTF_8)).hex())
        .matches("[0-9a-f]{64}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "g856ba8cb",
        "g856ba8cb/",
        "/image/ID/v1.9.5/metal-amd64.iso",
        "856ba8cb/image/ID/v1.9.5/metal-amd64.iso",
        "g856BA8CB/image/ID/v1.9.5/metal-amd64.iso",
        "g856ba8cb/image/ID/1.9.5/metal-amd64.iso",
        "g856ba8cb/image/ID/v1.9.5/metal-x86_64.iso",
        "g856ba8cb/image/ID/v1.9.5/metal-amd64.iso/",
        "g856ba8cb/image/ID/v1.9.5/nothing",
        "g856ba8cb/image/x/v1.9.5/metal-amd64.iso",
        "g856ba8cb/talosctl/v1.9.5/",
        "g856ba8cb/talosctl/v1.9.5",
        "g856ba8cb/v2/installer/ID/manifests/v1.9.5",
        "g856ba8cb/v2/metal-installer/ID/blobs/v1.9.5",
        "g856ba8cb/v2/metal-installer/ID/manifests/1.9.5",
        "g856ba8cb/v2/metal-installer/x/manifests/v1.9.5",
        "g856ba8cb/image/ID/v1.9.5/metal-amd64.iso.sigstore.json",
        "g856ba8cb/image/ID/v1.9.5/metal-amd64.iso.sigstore.json/ab",
        "g856ba8cb/image/ID/v1.9.5/metal-amd64.iso/ID",
        "g856ba8cb/image/ID/v1.9.5/nothing.sigstore.json/ID",
        "g856ba8cb/image/ID/v1.9.5/metal-amd64.iso.sigstore.json.sigstore.json/ID",
        "g856ba8cb/v2/metal-installer/ID/manifests/v1.9.5.sigstore.json/ID",
        "g856ba8cb/.sigstore.json/ID",
        "g856ba8cb/plans/v1.9.5/x"
      })
  void anyOtherTextIsNoAddress(String text) {
    assertThat(AssetAddress.parse(text.replace("ID", ID))).isEmpty();
  }

  @Test
  void refusesWhatIsNoGenerationOrFile() {
    assertThatThrownBy(() -> new AssetAddress("1", ISO.asset())).hasMessage("not a generation: 1");
    assertThatThrownBy(() -> new Asset.Talosctl(VERSION, "a/b"))
        .hasMessage("not a file name: \"a/b\"");
  }
}
