namespace FlowGen.Generator.Diagnostics;
internal static partial class Descriptors;
