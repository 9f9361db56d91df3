using System.Collections;
using System.Reflection;
using FlowGen.Generator.Linking;
using FlowGen.Generator.Model;
using FlowGen.Testing;
using Microsoft.CodeAnalysis.CSharp;

namespace FlowGen.Diagnostics.Tests;

/// <summary>Symbols die in the parser: what leaves it, and everything after it, knows nothing of Roslyn and compares by value.</summary>
public class PurityTests
{
    private const string Source = """
        public enum Route { Billing, Technical, Sales }
        [State] public class S : ICleanup { public int N; public void Cleanup() => N = 0; }
        public class N(Uri uri) { public B Execute(A a, S s, CancellationToken ct) => new(); public Uri Uri => uri; }
        [Workflow] public partial class V { public partial Task<B> RunAsync(A a, int n = 3); [Node] B F(A a, int n) => new(); }
        [Workflow(Id = "w", MaxParallelism = 4)] public partial class W(Uri uri, V v)
        {
            /// <summary>Runs.</summary>
            public partial ValueTask<C?> RunAsync(A a, C[] cs, int workers, RunOptions? options = null, CancellationToken ct = default);
            [Node] Route Classify(A a) => default;
            [Node<N>, When(nameof(Classify), Route.Billing)] private partial B One(A a);
            [SubWorkflow(nameof(v)), Otherwise(nameof(Classify))] private partial Task<B> Two(A a);
            [Node] E Step([Each(MaxParallelismFrom = nameof(workers))] C c, int workers, [Service] IDisposable service) => new();
            bool Wanted(A a) => true;
            [Node, When(nameof(Wanted)), Needs(nameof(Step))] C Done(B b, IReadOnlyList<E> all, [From(nameof(One))] Outcome<B> observed) => new();
        }
        """;

    [Fact]
    public void The_workflow_of_these_tests_is_sound() => Assert.Equal("w", Bound.Workflow("W", Source).Surface.Id);

    [Fact]
    public void The_model_holds_no_Roslyn_object()
    {
        List<string> leaks = [];
        HashSet<object> seen = new(ReferenceEqualityComparer.Instance);
        foreach (WorkflowModel model in Bound.Parse(Source))
        {
            Walk(model, model.Surface.Name, seen, leaks);
            Walk(WorkflowBinder.Bind(model, CancellationToken.None), model.Surface.Name, seen, leaks);
        }

        Assert.Empty(leaks);
        Assert.True(seen.Count > 100, "the walk saw next to nothing");
    }

    [Fact]
    public void Nothing_in_the_model_can_hold_a_Roslyn_object()
        => Assert.Empty(typeof(WorkflowModel).Assembly.GetTypes()
            .Where(type => type.Namespace == typeof(WorkflowModel).Namespace)
            .SelectMany(type => type.GetFields(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public))
            .Where(field => IsRoslyn(field.FieldType))
            .Select(field => $"{field.DeclaringType}.{field.Name}"));

    [Fact]
    public void Binding_and_linking_do_without_a_compiler()
    {
        IEnumerable<string> uses =
            from type in typeof(WorkflowBinder).Assembly.GetTypes()
            where type.Namespace?.StartsWith(typeof(WorkflowBinder).Namespace!, StringComparison.Ordinal) == true
            from method in type.GetMethods(BindingFlags.Instance | BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public | BindingFlags.DeclaredOnly)
            let mentioned = method.GetParameters().Select(p => p.ParameterType)
                .Append(method.ReturnType)
                .Concat(method.GetMethodBody()?.LocalVariables.Select(v => v.LocalType) ?? [])
            where mentioned.Any(IsRoslyn)
            select $"{type}.{method.Name}";
        Assert.Empty(uses);
    }

    [Fact]
    public void Parsing_the_same_source_again_gives_an_equal_model()
        => Assert.Equal(Bound.Parse(Source), Bound.Parse(Source));

    [Fact]
    public void Moving_code_and_editing_bodies_changes_nothing()
    {
        string edited = "// a line more\n\n" + Source
            .Replace("B F(A a, int n) => new();", "B F(A a, int n) { int x = n; return new(); } int Helper() => 2;", StringComparison.Ordinal)
            .Replace("bool Wanted(A a) => true;", "bool Wanted(A a) => false; // rarely", StringComparison.Ordinal);
        Assert.Equal(Bound.Parse(Source), Bound.Parse(edited));
        Assert.Equal(
            Bound.Parse(Source).Select(m => WorkflowBinder.Bind(m, CancellationToken.None)),
            Bound.Parse(edited).Select(m => WorkflowBinder.Bind(m, CancellationToken.None)));
    }

    [Fact]
    public void A_signature_changes_the_model_of_its_workflow_and_its_parents_only()
    {
        string edited = Source.Replace("RunAsync(A a, int n = 3)", "RunAsync(A a, int n = 4, int m = 1)", StringComparison.Ordinal);
        string[] changed = [.. Bound.Parse(Source).Zip(Bound.Parse(edited)).Where(p => !p.First.Equals(p.Second)).Select(p => p.First.Surface.Name)];
        Assert.Equal(["V", "W"], changed);
    }

    [Fact]
    public void The_analyzer_reads_the_same_workflow_after_generation()
    {
        CSharpParseOptions parse = new(LanguageVersion.Preview);
        // Of documentation there is one comment for both parts of a method; only the generator looks at it.
        string source = Source.Replace("/// <summary>Runs.</summary>", "", StringComparison.Ordinal);
        CSharpCompilation before = FlowCompiler.CreateCompilation(parse, FlowCompiler.Usings + Bound.Prelude, source);
        CSharpGeneratorDriver.Create([.. FlowCompiler.CreateGenerators()], parseOptions: parse)
            .RunGeneratorsAndUpdateCompilation(before, out Microsoft.CodeAnalysis.Compilation after, out _);
        Assert.NotEqual(before.SyntaxTrees.Length, after.SyntaxTrees.Count());
        Assert.Equal(Bound.Parse(before), Bound.Parse(after));
    }

    private static void Walk(object? value, string path, HashSet<object> seen, List<string> leaks)
    {
        if (value is null or string || value.GetType().IsPrimitive || value.GetType().IsEnum)
        {
            return;
        }

        if (IsRoslyn(value.GetType()))
        {
            leaks.Add($"{path} is a {value.GetType()}");
            return;
        }

        if (!value.GetType().IsValueType && !seen.Add(value))
        {
            return;
        }

        if (value is IEnumerable items)
        {
            foreach (object? item in items)
            {
                Walk(item, path + "[]", seen, leaks);
            }

            return;
        }

        foreach (FieldInfo field in value.GetType().GetFields(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public))
        {
            Walk(field.GetValue(value), $"{path}.{field.Name}", seen, leaks);
        }
    }

    private static bool IsRoslyn(Type type)
        => type.FullName?.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal) == true
            || (type.IsGenericType && type.GetGenericArguments().Any(IsRoslyn))
            || (type.HasElementType && IsRoslyn(type.GetElementType()!));
}
