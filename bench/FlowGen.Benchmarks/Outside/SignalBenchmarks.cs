using BenchmarkDotNet.Attributes;
using FlowGen.Benchmarks.Running;
using FlowGen.Benchmarks.Sources;

namespace FlowGen.Benchmarks.Outside;

/// <summary>One answer to a run that waits, and its way to the next question; a sixteenth of starting the run is in it.</summary>
public class SignalBenchmarks
{
    private readonly Conversation _flow = new();
    private int _number = 7;

    [GlobalSetup]
    public void Check()
    {
        Expect.Same(ByHand(), Signals());
        Expect.Same(SharedByHand(), Signals());
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Conversation.Questions)]
    public int ByHand()
    {
        ConversationByHand run = new();
        ValueTask<Answer> result = run.RunAsync();
        for (int i = 1; i <= Conversation.Questions; i++)
        {
            run.Answer(new Answer(_number + i));
        }

        return result.Result.Number;
    }

    [Benchmark(OperationsPerInvoke = Conversation.Questions)]
    public int SharedByHand()
    {
        SharedConversationByHand run = new();
        ValueTask<Answer> result = run.RunAsync(default);
        for (int i = 1; i <= Conversation.Questions; i++)
        {
            run.TryAnswer(i, new Answer(_number + i));
        }

        return result.Result.Number;
    }

    [Benchmark(OperationsPerInvoke = Conversation.Questions)]
    [Bar("wait and signal, there and back", MaxRatio = 1.20, MaxBytes = 32)]
    public int Signals()
    {
        Conversation.Handle run = _flow.Start(new Answer(_number));
        run.Ask1.TrySet(new Answer(_number + 1));
        run.Ask2.TrySet(new Answer(_number + 2));
        run.Ask3.TrySet(new Answer(_number + 3));
        run.Ask4.TrySet(new Answer(_number + 4));
        run.Ask5.TrySet(new Answer(_number + 5));
        run.Ask6.TrySet(new Answer(_number + 6));
        run.Ask7.TrySet(new Answer(_number + 7));
        run.Ask8.TrySet(new Answer(_number + 8));
        run.Ask9.TrySet(new Answer(_number + 9));
        run.Ask10.TrySet(new Answer(_number + 10));
        run.Ask11.TrySet(new Answer(_number + 11));
        run.Ask12.TrySet(new Answer(_number + 12));
        run.Ask13.TrySet(new Answer(_number + 13));
        run.Ask14.TrySet(new Answer(_number + 14));
        run.Ask15.TrySet(new Answer(_number + 15));
        run.Ask16.TrySet(new Answer(_number + 16));
        return run.Completion.Result.Number;
    }
}
