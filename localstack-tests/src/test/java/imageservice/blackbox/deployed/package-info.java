/// The stack in an emulator of AWS: its own template, its own code, each instance of a function in
/// a process of its own.
@org.jspecify.annotations.NullMarked
package imageservice.blackbox.deployed;
