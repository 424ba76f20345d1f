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
/// `{"releases":[{"version":"v1.9.5","imager":"sha256:…"}],"grubKit":"sha256:…",
/// "tagList":{"validator":"…","basis":"sha256:…"},"documented":["v1.9.5"]}`. What there is none of
/// is left out; fields that are not known are passed over, as another version of the service may
/// have written them.
public final class ReleaseIndexJson {
  private ReleaseIndexJson() {}

  public static String write(ReleaseIndex index) {
    JsonText json =
        JsonText.object()
            .put("releases", index.releases().stream().map(ReleaseIndexJson::write).toList())
            .putIfPresent("grubKit", index.grubKit().map(Digest::value));
    index.tagList().ifPresent(list -> json.put("tagList", write(list)));
    if (!index.documented().isEmpty()) {
      json.put(
          "documented", index.documented().stream().sorted().map(TalosVersion::toString).toList());
    }
    return json.toString();
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
    Optional<ReleaseIndex.TagList> tagList = readTagList(fields);
    Set<TalosVersion> documented = readDocumented(fields);
    return new ReleaseIndex(
        releases,
        kit.isEmpty() ? Optional.empty() : Optional.of(digest(kit.get())),
        tagList,
        documented);
  }

  private static JsonText write(ReleaseIndex.TagList list) {
    return JsonText.object().put("validator", list.validator()).put("basis", list.basis().value());
  }

  private static Optional<ReleaseIndex.TagList> readTagList(JsonFields fields)
      throws MalformedJsonException {
    Optional<JsonFields> list = fields.optionalObject("tagList");
    if (list.isEmpty()) {
      return Optional.empty();
    }
    ReleaseIndex.TagList value =
        new ReleaseIndex.TagList(list.get().text("validator"), digest(list.get().text("basis")));
    return Optional.of(value);
  }

  private static Set<TalosVersion> readDocumented(JsonFields fields) throws MalformedJsonException {
    Set<TalosVersion> versions = new HashSet<>();
    if (fields.has("documented")) {
      for (String text : fields.texts("documented")) {
        versions.add(version(text));
      }
    }
    return versions;
  }

  private static JsonText write(Release release) {
    return JsonText.object()
        .put("version", release.version().toString())
        .put("imager", release.imager().value());
  }

  private static Release readRelease(JsonFields fields) throws MalformedJsonException {
    Release release = new Release(version(fields.text("version")), digest(fields.text("imager")));
    return release;
  }

  private static TalosVersion version(String text) throws MalformedJsonException {
    return TalosVersion.parse(text)
        .orElseThrow(() -> new MalformedJsonException("version: not a Talos version: " + text));
  }

  private static Digest digest(String text) throws MalformedJsonException {
    return Digest.parse(text)
        .orElseThrow(() -> new MalformedJsonException("not a digest: " + text));
  }
}
