package imageservice.release;

import imageservice.json.JsonFields;
import imageservice.json.JsonText;
import imageservice.json.MalformedJsonException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A {@link ReleaseIndex} as JSON:
/// `{"releases":[{"version":"v1.9.5","imager":"sha256:…"}],"grubKit":"sha256:…"}`.
public final class ReleaseIndexJson {
  private ReleaseIndexJson() {}

  public static String write(ReleaseIndex index) {
    return JsonText.object()
        .put("releases", index.releases().stream().map(ReleaseIndexJson::write).toList())
        .putIfPresent("grubKit", index.grubKit().map(Digest::value))
        .toString();
  }

  public static ReleaseIndex read(String text) throws MalformedJsonException {
    JsonFields fields = JsonFields.parse(text);
    List<Release> releases = new ArrayList<>();
    Set<TalosVersion> versions = new HashSet<>();
    for (JsonFields release : fields.objects("releases")) {
      releases.add(readRelease(release));
      if (!versions.add(releases.getLast().version())) {
        throw new MalformedJsonException(
            "releases: two of version " + releases.getLast().version());
      }
    }
    Optional<String> kit = fields.optionalText("grubKit");
    fields.end();
    return new ReleaseIndex(
        releases, kit.isEmpty() ? Optional.empty() : Optional.of(digest(kit.get())));
  }

  private static JsonText write(Release release) {
    return JsonText.object()
        .put("version", release.version().toString())
        .put("imager", release.imager().value());
  }

  private static Release readRelease(JsonFields fields) throws MalformedJsonException {
    String version = fields.text("version");
    Release release =
        new Release(
            TalosVersion.parse(version)
                .orElseThrow(
                    () -> new MalformedJsonException("version: not a Talos version: " + version)),
            digest(fields.text("imager")));
    fields.end();
    return release;
  }

  private static Digest digest(String text) throws MalformedJsonException {
    return Digest.parse(text)
        .orElseThrow(() -> new MalformedJsonException("not a digest: " + text));
  }
}
