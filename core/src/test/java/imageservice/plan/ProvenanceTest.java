package imageservice.plan;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.asset.Asset;
import imageservice.asset.AssetNameGrammar;
import imageservice.json.JsonFields;
import imageservice.release.CatalogueExtension;
import imageservice.release.Digest;
import imageservice.release.InstallerBase;
import imageservice.release.ReleaseDocument;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What is told of where an asset comes from: {@link Provenance} and {@link BillOfMaterials}.
final class ProvenanceTest {
  private static final Digest BYTES = PlanRequests.digest("bytes");
  private static final Digest GVISOR = PlanRequests.digest("gvisor");
  private static final String IMAGER = PlanRequests.digest("imager v1.13.2").hex();
  private static final ReleaseDocument DOCUMENT =
      new ReleaseDocument(
          PlanRequests.version("v1.13.2"),
          Optional.of(
              List.of(
                  new CatalogueExtension(
                      "siderolabs/gvisor", "x/gvisor:2024", GVISOR, "gVisor", "a sandbox"))),
          Optional.empty(),
          Optional.empty(),
          new InstallerBase.Absent());
  private static final PlanRequest REQUEST =
      PlanRequests.of(
          "v1.13.2",
          "metal-amd64.iso",
          PlanRequests.configuration(
              "customization: {systemExtensions: {officialExtensions: [siderolabs/gvisor]}}"));
  private static final Asset ASSET =
      new Asset.Configured(
          REQUEST.named().id(),
          REQUEST.version(),
          ((AssetNameGrammar.Parsed) AssetNameGrammar.parse("metal-amd64.iso")).name());
  private static final BuildPlan PLAN =
      ((PlanOutcome.Planned)
              new Planner(PlanRequests.URL, false)
                  .plan(
                      ASSET,
                      new PlanContext(
                          Optional.of(REQUEST.named()), PlanRequests.INDEX, Optional.of(DOCUMENT))))
          .plan();

  @Test
  void theStatementNamesTheFileTheRequestAndEveryImageOnce() throws Exception {
    JsonFields statement =
        JsonFields.parse(Provenance.statement(ASSET, BYTES, PLAN, PlanRequests.URL).toString());
    assertThat(statement.text("_type")).isEqualTo("https://in-toto.io/Statement/v1");
    assertThat(statement.text("predicateType")).isEqualTo("https://slsa.dev/provenance/v1");
    JsonFields subject = statement.objects("subject").getFirst();
    assertThat(subject.text("name")).isEqualTo("metal-amd64.iso");
    assertThat(subject.object("digest").text("sha256")).isEqualTo(BYTES.hex());
    JsonFields definition = statement.object("predicate").object("buildDefinition");
    assertThat(definition.object("externalParameters").text("configuration"))
        .isEqualTo(REQUEST.named().id().hex());
    assertThat(definition.object("internalParameters").text("assetKey"))
        .isEqualTo(AssetKey.of(PLAN).hex());
    assertThat(
            definition.objects("resolvedDependencies").stream()
                .map(ProvenanceTest::dependency)
                .toList())
        .containsExactlyInAnyOrder(
            "imager pkg:oci/imager@sha256%3A" + IMAGER + " " + IMAGER,
            "siderolabs/gvisor pkg:oci/gvisor@sha256%3A" + GVISOR.hex() + " " + GVISOR.hex(),
            "grub-kit - " + PlanRequests.digest("grub kit").hex());
  }

  private static String dependency(JsonFields fields) {
    try {
      return "%s %s %s"
          .formatted(
              fields.text("name"),
              fields.optionalText("uri").orElse("-"),
              fields.object("digest").text("sha256"));
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void theBillHasTheAssetItsImagesAndWhatIsWrittenForIt() throws Exception {
    JsonFields bill =
        JsonFields.parse(
            BillOfMaterials.of(ASSET, BYTES, PLAN, Optional.of(DOCUMENT), PlanRequests.URL)
                .toString());
    assertThat(bill.text("documentNamespace"))
        .isEqualTo(
            "https://factory.example" + ASSET.path() + ".spdx.json/" + AssetKey.of(PLAN).hex());
    assertThat(bill.object("creationInfo").text("created")).isEqualTo("2019-06-01T21:34:52Z");
    List<String> packages =
        bill.objects("packages").stream().map(ProvenanceTest::described).toList();
    assertThat(packages)
        .containsExactlyInAnyOrder(
            "metal-amd64.iso v1.13.2 -",
            "imager v1.13.2 -",
            "siderolabs/gvisor 2024 Organization: gVisor",
            "grub-kit - -",
            "schematic %s Organization: Image Factory (https://factory.example/)"
                .formatted(REQUEST.named().id().hex()));
    assertThat(bill.objects("relationships").stream().map(ProvenanceTest::related).sorted())
        .containsExactly("CONTAINS", "CONTAINS", "DESCRIBES", "GENERATED_FROM", "GENERATED_FROM");
  }

  /// The image of the release has its version without a catalogue; others have none then.
  @Test
  void withoutCatalogueTheBillKnowsDigestsAlone() throws Exception {
    JsonFields bill =
        JsonFields.parse(
            BillOfMaterials.of(ASSET, BYTES, PLAN, Optional.empty(), PlanRequests.URL).toString());
    assertThat(bill.objects("packages").stream().map(ProvenanceTest::described))
        .contains("imager v1.13.2 -", "siderolabs/gvisor - -");
  }

  private static String described(JsonFields fields) {
    try {
      return "%s %s %s"
          .formatted(
              fields.text("name"),
              fields.optionalText("versionInfo").orElse("-"),
              fields.optionalText("supplier").orElse("-"));
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static String related(JsonFields fields) {
    try {
      return fields.text("relationshipType");
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  /// Equal plans, equal documents: nothing in them is of the time or of the machine.
  @Test
  void bothAreTheSameEachTime() {
    assertThat(
            Stream.generate(() ->
                    Provenance.statement(ASSET, BYTES, PLAN, PlanRequests.URL)
                        + BillOfMaterials.of(
                                ASSET, BYTES, PLAN, Optional.of(DOCUMENT), PlanRequests.URL)
                            .toString())
                .limit(3)
                .distinct())
        .hasSize(1);
  }
}
