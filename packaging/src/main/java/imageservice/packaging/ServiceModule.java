package imageservice.packaging;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.attribute.ModuleAttribute;
import java.lang.classfile.attribute.ModulePackagesAttribute;
import java.lang.constant.ClassDesc;
import java.lang.constant.ModuleDesc;
import java.lang.constant.PackageDesc;
import java.lang.module.ModuleFinder;
import java.lang.reflect.AccessFlag;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.ZipFile;
import javax.lang.model.SourceVersion;

/// One module of the content of all jars. Most of the jars are no modules, which `jlink` refuses;
/// within the runtime image a class is found without opening a jar, and a start-up cache fits
/// wherever and whenever the image was unpacked.
///
/// Each class may be in one jar only. Of classes for several versions of Java the newest is taken.
final class ServiceModule {
  static final String NAME = "imageservice";

  /// Services that classes look for and no jar has; a module has to say so.
  private static final List<String> LOOKED_FOR =
      List.of("com.amazonaws.services.lambda.runtime.CustomPojoSerializer");

  private static final String SERVICES = "META-INF/services/";

  /// Of a start that is no part of ours: SnapStart's.
  private static final String WARM_UP = "software.amazon.awssdk.core.warmup.";

  /// Native parts for other systems than packages are made for.
  private static final Pattern FOREIGN =
      Pattern.compile("(aix|darwin|freebsd|win|linux/(?!amd64/|aarch64/)[^/]+)/.*");

  private final List<String> required;
  private final Path folder;
  private final SortedMap<String, TreeSet<String>> services = new TreeMap<>();

  private ServiceModule(List<String> required, Path folder) {
    this.required = required;
    this.folder = folder;
  }

  /// Writes the module as a folder.
  ///
  /// @param required the JDK's modules that it needs
  static void write(List<Path> jars, List<String> required, Path folder) throws IOException {
    ServiceModule module = new ServiceModule(required, Files.createDirectories(folder));
    for (Path jar : jars) {
      module.add(jar);
    }
    module.services.keySet().removeIf(service -> !module.has(service));
    Files.write(folder.resolve("module-info.class"), module.descriptor());
  }

  private void add(Path jar) throws IOException {
    try (JarFile opened = new JarFile(jar.toFile(), false, ZipFile.OPEN_READ, Runtime.version())) {
      for (JarEntry entry : opened.versionedStream().toList()) {
        add(opened, entry);
      }
    }
  }

  private void add(JarFile jar, JarEntry entry) throws IOException {
    String name = entry.getName();
    if (name.startsWith(SERVICES) && !entry.isDirectory()) {
      service(jar, entry, name.substring(SERVICES.length()));
    } else if (isContent(name)) {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      try (InputStream content = jar.getInputStream(entry)) {
        Files.copy(content, file);
      }
    }
  }

  /// Files below a package; a module has no room for those of a jar as a whole.
  private static boolean isContent(String name) {
    return name.indexOf('/') > 0
        && !name.endsWith("/")
        && !name.startsWith("META-INF/")
        && !name.startsWith("jni/")
        && !FOREIGN.matcher(name).matches();
  }

  private void service(JarFile jar, JarEntry entry, String service) throws IOException {
    if (service.startsWith(WARM_UP)) {
      return;
    }
    try (InputStream content = jar.getInputStream(entry)) {
      new String(content.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(line -> line.replaceFirst("#.*", "").strip())
          .filter(line -> !line.isEmpty())
          .forEach(services.computeIfAbsent(service, s -> new TreeSet<>())::add);
    }
  }

  /// A library may offer what others look for who are not there; a module may not.
  private boolean has(String service) {
    return Files.exists(folder.resolve(service.replace('.', '/') + ".class"))
        || required.stream()
            .flatMap(module -> ModuleFinder.ofSystem().find(module).stream())
            .anyMatch(module -> module.descriptor().packages().contains(packageOf(service)));
  }

  private static String packageOf(String type) {
    return type.substring(0, Math.max(0, type.lastIndexOf('.')));
  }

  /// Open, as the jars are to each other and to reflection.
  private byte[] descriptor() throws IOException {
    ModuleAttribute attribute =
        ModuleAttribute.of(
            ModuleDesc.of(NAME),
            module -> {
              module.moduleFlags(AccessFlag.OPEN);
              for (String each : required) {
                module.requires(
                    ModuleDesc.of(each),
                    each.equals("java.base") ? List.of(AccessFlag.MANDATED) : List.of(),
                    null);
              }
              LOOKED_FOR.forEach(service -> module.uses(ClassDesc.of(service)));
              services.forEach((service, providers) -> {
                module.uses(ClassDesc.of(service));
                module.provides(
                    ClassDesc.of(service),
                    providers.stream().map(ClassDesc::of).toArray(ClassDesc[]::new));
              });
            });
    List<PackageDesc> packages = packages().stream().map(PackageDesc::of).toList();
    return ClassFile.of()
        .buildModule(attribute, clazz -> clazz.with(ModulePackagesAttribute.ofNames(packages)));
  }

  /// Those of resources too.
  private Set<String> packages() throws IOException {
    try (var files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> folder.relativize(file.getParent()).toString().replace('/', '.'))
          .filter(SourceVersion::isName)
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }
}
