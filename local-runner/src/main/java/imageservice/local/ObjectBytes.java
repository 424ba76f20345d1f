package imageservice.local;

/// The bytes of a stored object.
sealed interface ObjectBytes permits FileBytes, StoreBytes {}
