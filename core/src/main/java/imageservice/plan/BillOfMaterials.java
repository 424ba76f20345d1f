package imageservice.plan;

import imageservice.asset.Asset;
import imageservice.asset.SourceRepository;
import imageservice.json.JsonText;
import imageservice.release.CatalogueExtension;
import imageservice.release.CatalogueOverlay;
import imageservice.release.Digest;
import imageservice.release.ReleaseDocument;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What an asset is made of, as an SPDX document (version 2.3, JSON): the asset, the images that it
/// takes its files from, and the extensions that are written for it. Equal plans give equal
/// documents, but for what the catalogue says about its images.
public final class BillOfMaterials {
  private static final String UNKNOWN = "NOASSERTION";
  private static final String DOCUMENT = "SPDXRef-DOCUMENT";
  private static final String ASSET = "SPDXRef-Asset";

  private final Asset asset;
  private final BuildPlan plan;
  private final Optional<ReleaseDocument> catalogue;
  private final List<JsonText> packages = new ArrayList<>();
  private final List<JsonText> relationships = new ArrayList<>();

  private BillOfMaterials(Asset asset, BuildPlan plan, Optional<ReleaseDocument> catalogue) {
    this.asset = asset;
    this.plan = plan;
    this.catalogue = catalogue;
  }

  /// @param digest of the asset's bytes
  /// @param catalogue says the versions and authors of the images; empty where it is not read
  /// @param externalUrl the URL under which people reach the service, with a final slash
  public static JsonText of(
      Asset asset,
      Digest digest,
      BuildPlan plan,
      Optional<ReleaseDocument> catalogue,
      String externalUrl) {
    return new BillOfMaterials(asset, plan, catalogue).document(digest, externalUrl);
  }

  private JsonText document(Digest digest, String externalUrl) {
    String url = externalUrl + asset.path().substring(1);
    packages.add(
        described(ASSET, asset.fileName(), Optional.of(asset.version().toString()), url)
            .put("primaryPackagePurpose", "FILE")
            .put("checksums", List.of(checksum(digest))));
    relate(DOCUMENT, "DESCRIBES", ASSET);
    InputImage.of(plan).forEach(this::input);
    plan.initramfs().ifPresent(content -> content.extensions().forEach(this::written));
    return JsonText.object()
        .put("spdxVersion", "SPDX-2.3")
        .put("dataLicense", "CC0-1.0")
        .put("SPDXID", DOCUMENT)
        .put("name", asset.fileName())
        .put("documentNamespace", url + ".spdx.json/" + AssetKey.of(plan).hex())
        .put(
            "creationInfo",
            JsonText.object()
                .put("created", Instant.ofEpochSecond(Epoch.SECONDS).toString())
                .put("creators", List.of("Tool: image-service")))
        .put("packages", packages)
        .put("relationships", relationships);
  }

  private void input(InputImage input) {
    String id = nextId();
    JsonText known = described(id, input.name(), version(input), UNKNOWN);
    author(input).ifPresent(author -> known.put("supplier", "Organization: " + author));
    description(input).ifPresent(text -> known.put("description", text));
    known.put("checksums", List.of(checksum(input.digest())));
    input.purl().ifPresent(purl -> known.put("externalRefs", List.of(purl(purl))));
    packages.add(known);
    relate(ASSET, extension(input).isPresent() ? "CONTAINS" : "GENERATED_FROM", id);
  }

  /// An extension that is written for the configuration is in no image.
  private void written(Extension extension) {
    if (extension instanceof Extension.Synthetic synthetic) {
      String id = nextId();
      ExtensionManifest manifest = synthetic.manifest();
      packages.add(
          described(id, manifest.name(), Optional.of(manifest.version()), UNKNOWN)
              .put("supplier", "Organization: " + manifest.author())
              .put("description", manifest.description()));
      relate(ASSET, "CONTAINS", id);
    }
  }

  private String nextId() {
    return "SPDXRef-Input-" + packages.size();
  }

  private static JsonText described(
      String id, String name, Optional<String> version, String location) {
    return JsonText.object()
        .put("SPDXID", id)
        .put("name", name)
        .putIfPresent("versionInfo", version)
        .put("downloadLocation", location)
        .put("filesAnalyzed", false)
        .put("licenseConcluded", UNKNOWN)
        .put("licenseDeclared", UNKNOWN)
        .put("copyrightText", UNKNOWN);
  }

  private static JsonText checksum(Digest digest) {
    return JsonText.object().put("algorithm", "SHA256").put("checksumValue", digest.hex());
  }

  private static JsonText purl(String purl) {
    return JsonText.object()
        .put("referenceCategory", "PACKAGE-MANAGER")
        .put("referenceType", "purl")
        .put("referenceLocator", purl);
  }

  private void relate(String from, String how, String to) {
    relationships.add(
        JsonText.object()
            .put("spdxElementId", from)
            .put("relationshipType", how)
            .put("relatedSpdxElement", to));
  }

  /// The tag of an image of the catalogues; the release's version for the release's own.
  private Optional<String> version(InputImage input) {
    if (!input.isImage()) {
      return Optional.empty();
    }
    Optional<String> ref = extension(input).map(CatalogueExtension::ref).or(() -> overlay(input));
    return ref.map(text -> text.substring(text.lastIndexOf(':') + 1))
        .or(() ->
            isOfTheRelease(input) ? Optional.of(asset.version().toString()) : Optional.empty());
  }

  private static boolean isOfTheRelease(InputImage input) {
    return SourceRepository.parse(input.name()).isPresent();
  }

  private Optional<String> author(InputImage input) {
    return extension(input).map(CatalogueExtension::author).filter(text -> !text.isEmpty());
  }

  private Optional<String> description(InputImage input) {
    return extension(input).map(CatalogueExtension::description).filter(text -> !text.isEmpty());
  }

  private Optional<CatalogueExtension> extension(InputImage input) {
    return catalogue
        .flatMap(ReleaseDocument::extensions)
        .flatMap(
            all -> all.stream().filter(each -> each.digest().equals(input.digest())).findFirst());
  }

  private Optional<String> overlay(InputImage input) {
    return catalogue
        .flatMap(ReleaseDocument::overlays)
        .flatMap(
            all -> all.stream().filter(each -> each.digest().equals(input.digest())).findFirst())
        .map(CatalogueOverlay::ref);
  }
}
