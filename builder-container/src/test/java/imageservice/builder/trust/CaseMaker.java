package imageservice.builder.trust;

import imageservice.release.Digest;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/// Makes cases of each form.
record CaseMaker(SigstoreWorld world) {
  static final Digest OTHER = Digest.of(new byte[] {1});

  static SignatureCase of(
      String name, String refusal, boolean byKey, Function<Digest, Material> makes) {
    return new SignatureCase(
        name, refusal, "", byKey, root -> {}, image -> List.of(makes.apply(image)));
  }

  SignatureForge forge(Digest image, Consumer<SignatureForge> wish) {
    return new SignatureForge(world, image).with(wish);
  }

  SignatureCase bundle(String name, String refusal, Consumer<SignatureForge> wish) {
    return of("bundle: " + name, refusal, false, image -> forge(image, wish).bundle());
  }

  SignatureCase simple(String name, String refusal, Consumer<SignatureForge> wish) {
    return of("older: " + name, refusal, false, image -> forge(image, wish).simple());
  }

  List<SignatureCase> both(String name, String refusal, Consumer<SignatureForge> wish) {
    return List.of(bundle(name, refusal, wish), simple(name, refusal, wish));
  }

  static List<SignatureCase> unlikeCosign(List<SignatureCase> cases, String why) {
    return cases.stream().map(found -> found.unlikeCosign(why)).toList();
  }

  @SafeVarargs
  @SuppressWarnings("varargs")
  static List<SignatureCase> all(List<SignatureCase>... groups) {
    return Stream.of(groups).flatMap(List::stream).toList();
  }
}
