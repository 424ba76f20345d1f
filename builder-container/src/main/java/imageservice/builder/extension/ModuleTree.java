package imageservice.builder.extension;

import imageservice.formats.MalformedException;
import imageservice.formats.blob.Blob;
import imageservice.formats.modules.ModuleFile;
import imageservice.formats.modules.ModuleFileCodec;
import imageservice.formats.modules.ModulePath;
import imageservice.formats.modules.TreeModule;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/// What indexes need of a kernel's modules.
///
/// @param kernelRelease name of the folder that holds the modules
/// @param modules by path within that folder
/// @param lists the files `modules.*` beside them, by name
record ModuleTree(
    String kernelRelease,
    NavigableMap<String, TreeModule> modules,
    NavigableMap<String, Blob> lists) {
  /// Bytes of an encoded tree at most.
  private static final int LIMIT = 256 << 20;

  /// Bytes of a list at most.
  private static final int LIST_LIMIT = 64 << 20;

  static boolean isList(String name) {
    return name.startsWith("modules.") && !name.contains("/");
  }

  /// Adds a module, parsed, or a list, as it is; other files are left out.
  void put(String path, Blob content) throws IOException {
    if (ModulePath.isModule(path)) {
      modules.put(path, new TreeModule(new ModulePath(path), ModuleFile.read(content)));
    } else if (isList(path)) {
      lists.put(path, content);
    }
  }

  /// Encodes the kernel release, the modules and the lists, each with its path and its length in
  /// bytes.
  byte[] encode() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeUTF(kernelRelease);
    out.writeInt(modules.size());
    for (Map.Entry<String, TreeModule> module : modules.entrySet()) {
      write(out, module.getKey(), ModuleFileCodec.encode(module.getValue().file()));
    }
    out.writeInt(lists.size());
    for (Map.Entry<String, Blob> list : lists.entrySet()) {
      write(out, list.getKey(), list.getValue().bytes(LIST_LIMIT));
    }
    return bytes.toByteArray();
  }

  /// Decodes what `encode` wrote. The bytes come from the cache, which verifies what it holds.
  static ModuleTree decode(Blob encoded) throws IOException {
    try (DataInputStream in = new DataInputStream(Blob.of(encoded.bytes(LIMIT)).open())) {
      ModuleTree tree = new ModuleTree(in.readUTF(), new TreeMap<>(), new TreeMap<>());
      for (int i = in.readInt(); i > 0; i--) {
        String path = in.readUTF();
        tree.modules.put(
            path, new TreeModule(new ModulePath(path), ModuleFileCodec.decode(content(in))));
      }
      for (int i = in.readInt(); i > 0; i--) {
        tree.lists.put(in.readUTF(), Blob.of(content(in)));
      }
      return tree;
    }
  }

  private static void write(DataOutputStream out, String path, byte[] content) throws IOException {
    out.writeUTF(path);
    out.writeInt(content.length);
    out.write(content);
  }

  private static byte[] content(DataInputStream in) throws IOException {
    int length = in.readInt();
    byte[] content = length < 0 ? new byte[0] : in.readNBytes(length);
    if (content.length != length) {
      throw new MalformedException("module tree", "content", 0, "is cut short");
    }
    return content;
  }
}
