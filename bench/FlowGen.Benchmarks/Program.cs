using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using FlowGen.Benchmarks.Crowds;
using FlowGen.Benchmarks.Running;
using FlowGen.Benchmarks.Scale;

// --smoke                    every benchmark once, in this process; fails when one does not run (what the build checks)
// --bars [rounds] [part]     the comparisons that have a bar, in one run, and whether each holds; 3 rounds unless told,
//                            and only the classes whose name contains the part
// --scale [shapes] [sizes]   how the costs of a workflow grow with its size
// --cores                    a wavefront on the thread pool, on one processor and on two
// --crowd [runs]             memory of a million runs at once, and of a million with nested children of which some fail
// anything else              BenchmarkDotNet's own switches (--filter, --list, ...)
switch (args)
{
    case ["--smoke"]:
        Summary[] smoke = BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).RunAllJoined(Jobs.Smoke) is { } joined ? [joined] : [];
        return smoke.Length > 0 && smoke.All(Succeeded) ? 0 : 1;

    case ["--bars", .. var rest]:
        int rounds = rest is [var count, ..] ? int.Parse(count, provider: null) : 3;
        string part = rest is [_, var name] ? name : "";
        Summary[] bars = BenchmarkRunner.Run(Bars.Classes(part), Jobs.Rounds(rounds));
        Bars.Print(bars, Console.Out);
        return bars.All(Succeeded) ? 0 : 1;

    case ["--scale-row", var shape, var size, .. var how]:
        ScaleTable.PrintRow(shape, int.Parse(size, provider: null), runs: how.Length == 0, Console.Out);
        return 0;

    case ["--scale", .. var scale]:
        ScaleTable.Print(scale, Console.Out);
        return 0;

    case ["--cores-row", var processors, var which]:
        Cores.PrintRow(int.Parse(processors, provider: null), which, Console.Out);
        return 0;

    case ["--cores"]:
        Cores.Print(Console.Out);
        return 0;

    case ["--crowd", .. var crowd]:
        int runs = crowd is [var many] ? int.Parse(many, provider: null) : 1_000_000;
        Families.Print(runs, Console.Out);
        await Crowd.Print(runs, Console.Out);
        return 0;

    default:
        BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args, Jobs.Default);
        return 0;
}

static bool Succeeded(Summary summary)
    => !summary.HasCriticalValidationErrors && summary.Reports.Length == summary.BenchmarksCases.Length && summary.Reports.All(report => report.Success);
