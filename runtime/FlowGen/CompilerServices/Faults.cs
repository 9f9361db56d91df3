using System.Diagnostics;

namespace FlowGen.CompilerServices;

/// <summary>Failures of code that must not be able to fail a run: observers, and the disposal of objects that are dropped anyway.</summary>
internal static class Faults
{
    /// <summary>There is no run left that the failure could be reported to; a debugger shows it.</summary>
    internal static void Ignore(Exception error) => Debug.WriteLine(error);
}
