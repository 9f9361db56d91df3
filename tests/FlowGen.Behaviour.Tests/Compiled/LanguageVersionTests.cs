using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Behaviour.Compiled;

/// <summary>What FlowGen emits compiles without a warning in every version of C# from 11, and says so where the language is older.</summary>
public sealed class LanguageVersionTests
{
    // Nothing in here is newer than C# 11: no primary constructors, no collection expressions.
    private const string Source = """
        namespace Old
        {
            public sealed record Order(int Number);
            public sealed record Priced(int Total);
            public sealed record Paid(int Total);
            public sealed record Receipt(string Text);

            [State]
            public sealed class Purse : ICleanup
            {
                public int Spent { get; set; }
                public void Cleanup() => Spent = 0;
            }

            public sealed class Printer : ICleanup
            {
                private string _text = "";

                public async ValueTask<Receipt> ExecuteAsync(Paid paid, CancellationToken ct)
                {
                    _text += "paid " + paid.Total;
                    await Task.Yield();
                    return new Receipt(_text);
                }

                public void Cleanup() => _text = "";
            }

            [Workflow]
            public sealed partial class Pay
            {
                public partial ValueTask<Paid> RunAsync(Priced priced, CancellationToken ct = default);

                [Node]
                ValueTask<Paid> Charge(Priced priced, Purse purse, CancellationToken ct)
                {
                    purse.Spent += priced.Total;
                    return new ValueTask<Paid>(new Paid(purse.Spent));
                }
            }

            [Workflow]
            public sealed partial class Checkout
            {
                private readonly Pay _pay;

                public Checkout(Pay pay) => _pay = pay;

                public partial ValueTask<Receipt> RunAsync(Order order, CancellationToken ct = default);

                [Node]
                Priced Price(Order order) => new Priced(order.Number * 10);

                [Node]
                async Task<int[]> Parts(Priced priced)
                {
                    await Task.Yield();
                    return Enumerable.Range(1, priced.Total).ToArray();
                }

                [Node]
                async ValueTask<string> Part([Each(nameof(Parts), MaxParallelism = 2)] int part, CancellationToken ct)
                {
                    await Task.Yield();
                    return part.ToString();
                }

                static bool IsDear(Priced priced) => priced.Total > 5;

                [Node, When(nameof(IsDear))]
                void Log([From(nameof(Part))] string[] parts) => _ = parts.Length;

                [SubWorkflow(nameof(_pay))]
                private partial ValueTask<Paid> Pay(Priced priced);

                [Node<Printer>]
                private partial ValueTask<Receipt> Print(Paid paid);
            }

            public static class Program
            {
                public static async Task<string> Run(int number)
                    => (await new Checkout(new Pay()).RunAsync(new Order(number))).Text;
            }
        }
        """;

    [Theory]
    [InlineData(LanguageVersion.CSharp11)]
    [InlineData(LanguageVersion.CSharp12)]
    [InlineData(LanguageVersion.CSharp13)]
    [InlineData(LanguageVersion.Latest)]
    [InlineData(LanguageVersion.Preview)]
    public async Task It_compiles_and_runs(LanguageVersion version)
    {
        LoadedFlow flow = FlowCompiler.Compile(version, Source).Load();

        Assert.Equal("paid 20", await flow.Call<Task<string>>("Old.Program", "Run", 2).Soon());
    }

    [Theory]
    [InlineData(LanguageVersion.CSharp9)]
    [InlineData(LanguageVersion.CSharp10)]
    public void An_older_language_is_refused_with_one_error(LanguageVersion version)
    {
        Diagnostic diagnostic = Assert.Single(FlowCompiler.Compile(version, Source).FromGenerator);

        Assert.Equal("FG0002", diagnostic.Id);
        Assert.Contains("C# 11", diagnostic.GetMessage(), StringComparison.Ordinal);
    }

    /// <summary>The author learns what is wrong, and nothing from the compiler about code that is not theirs.</summary>
    [Theory]
    [InlineData(LanguageVersion.CSharp9)]
    [InlineData(LanguageVersion.CSharp10)]
    public void Older_than_that_emitted_code_does_not_cascade(LanguageVersion version)
    {
        CompiledFlow flow = FlowCompiler.Compile(version, """
            namespace Old
            {
                public sealed record Order(int Number);
                public sealed record Receipt(string Text);

                [Workflow]
                public partial class Checkout
                {
                    public virtual partial ValueTask<Receipt> RunAsync(Order order, CancellationToken ct = default);

                    [Node]
                    protected virtual async ValueTask<Receipt> Close(Order order)
                    {
                        await Task.Yield();
                        return new Receipt(order.ToString());
                    }
                }
            }
            """);
        Assert.Equal(["FG0002"], flow.FromGenerator.Select(d => d.Id));
        Assert.DoesNotContain(flow.FromCompiler, d => d.Location.SourceTree?.FilePath.EndsWith(".g.cs", StringComparison.Ordinal) == true);
    }
}
