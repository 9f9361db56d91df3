using System.Runtime.InteropServices;
using PackageAudit;

// The first Ctrl-C (or polite kill) cancels the run, which then ends by itself; a second one is the system's.
using CancellationTokenSource cancellation = new();
using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Cancel);
using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Cancel);

AuditTool tool = new(Terminal.Over(Console.Out, Console.IsOutputRedirected), Terminal.Over(Console.Error, Console.IsErrorRedirected));
return await tool.RunAsync(args, cancellation.Token);

void Cancel(PosixSignalContext signal)
{
    if (cancellation.IsCancellationRequested) return;
    signal.Cancel = true;
    cancellation.Cancel();
}
