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

/// The modules of a kernel, as far as indexes need them.
///
/// @param kernelRelease name of the folder that they are in
/// @param modules by path within that folder
/// @param lists the files `modules.*` beside them, by name
record ModuleTree(
    String kernelRelease,
    NavigableMap<String, TreeModule> modules,
    NavigableMap<String, Blob> lists) {
  private static final int LIMIT = 256 << 20;
  private static final int LIST_LIMIT = 64 << 20;

  static boolean isList(String name) {
    return name.startsWith("modules.") && !name.contains("/");
  }

  /// A file's entry in the tree: a module read, or a list as it is.
  void put(String path, Blob content) throws IOException {
    if (ModulePath.isModule(path)) {
      modules.put(path, new TreeModule(new ModulePath(path), ModuleFile.read(content)));
    } else if (isList(path)) {
      lists.put(path, content);
    }
  }

  /// The tree as a few bytes: release, modules, lists, each with its path and length.
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

  /// The tree that `encode` gave, from our own cache, which checks what it holds.
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
