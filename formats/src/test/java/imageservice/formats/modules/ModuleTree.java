package imageservice.formats.modules;

import imageservice.formats.blob.Blob;
import imageservice.formats.blob.FileBlob;
import imageservice.formats.testing.ElfModule;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A tree of modules on disk, for us and for the judges.
record ModuleTree(Path root, String kernel) {
  Path folder() {
    return root.resolve("lib/modules").resolve(kernel);
  }

  ModuleTree put(String path, byte[] content) throws IOException {
    Path file = folder().resolve(path);
    Files.createDirectories(file.getParent());
    Files.write(file, content);
    return this;
  }

  ModuleTree put(String path, String content) throws IOException {
    return put(path, content.getBytes(StandardCharsets.ISO_8859_1));
  }

  ModuleTree put(String path, ElfModule module) throws IOException {
    return put(path, module.toBytes());
  }

  Depmod.Result index(Depmod.Options options) throws IOException {
    KernelLists lists =
        new KernelLists(
            list("modules.order"), list("modules.builtin"), list("modules.builtin.modinfo"));
    return Depmod.index(modules(), lists, options);
  }

  private List<TreeModule> modules() throws IOException {
    List<TreeModule> modules = new ArrayList<>();
    try (Stream<Path> files = Files.walk(folder())) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String path = folder().relativize(file).toString();
        if (ModulePath.isModule(path)) {
          modules.add(new TreeModule(new ModulePath(path), ModuleFile.read(new FileBlob(file))));
        }
      }
    }
    return modules;
  }

  private @Nullable Blob list(String name) throws IOException {
    Path file = folder().resolve(name);
    return Files.exists(file) ? new FileBlob(file) : null;
  }
}
