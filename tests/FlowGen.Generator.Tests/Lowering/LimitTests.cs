using System.Globalization;
using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Linking;
using FlowGen.Generator.Model;
using FlowGen.Generator.Tests.Models;
using FlowGen.Testing;

namespace FlowGen.Generator.Tests.Lowering;

/// <summary>Sub-workflows that are laid out many times: where their code is called instead, and where a workflow is too large for a run.</summary>
public sealed class LimitTests
{
    // 4 + 2n steps, if the level below has n: 5 * 2^k - 4 at level k.
    private const int TooLarge = 13;

    [Theory]
    [InlineData(64, 2, 0)]
    [InlineData(65, 2, 2)]
    [InlineData(65, 3, 3)]
    [InlineData(65, 1, 0)]
    public void A_large_child_that_is_called_again_is_linked(int nodes, int calls, int linked)
    {
        ExecutionPlan plan = FrontEnd.Plan("Parent", Chain("Child", nodes), Caller("Parent", "Child", calls));
        Assert.Equal(linked, plan.Steps.Count(step => step.Kind == StepKind.Linked));
    }

    /// <summary>What counts is all that would be repeated, not only the child's own nodes.</summary>
    [Fact]
    public void A_child_is_as_large_as_what_it_calls()
    {
        string[] sources = [Chain("Inner", 40), Caller("Child", "Inner", 2), Caller("Parent", "Child", 2)];
        Assert.Equal(2, FrontEnd.Plan("Parent", sources).Steps.Count(step => step.Kind == StepKind.Linked));
        Assert.Equal(0, FrontEnd.Plan("Child", sources).Steps.Count(step => step.Kind == StepKind.Linked));
    }

    /// <summary>Each level calls the one below twice: nobody may begin to lay that out.</summary>
    [Fact]
    public void Too_many_steps_are_told_of_the_workflow_that_has_them()
    {
        LinkResult result = FrontEnd.Link(FrontEnd.Parse(Levels(60)));
        LinkedResult culprit = Assert.Single(result.Workflows, workflow => workflow.Issues.Any(issue => Rule.IsError(issue.Id)));
        Assert.Equal($"L{TooLarge}", culprit.Surface.Name);
        Issue issue = Assert.Single(culprit.Issues);
        Assert.Equal(Rule.TooManySteps, issue.Id);
        Assert.Equal([$"L{TooLarge}", "40,956", "32,767"], issue.Arguments);
        Assert.Equal(TooLarge, result.Workflows.Count(workflow => workflow.Linked is not null));
    }

    [Fact]
    public void Too_many_steps_leave_a_surface_and_no_error_of_the_compiler()
    {
        CompiledFlow flow = FlowCompiler.Compile(Levels(TooLarge + 2));
        Assert.Empty(flow.FromCompiler);
        Assert.Equal([Rule.NotCompiled], flow.FromGenerator.Select(d => d.Id));
        Assert.Contains(Rule.TooManySteps, flow.FromGenerator[0].GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    private static string Levels(int count) => Chain("L0", 1) + string.Concat(Enumerable.Range(1, count).Select(level => Caller($"L{level}", $"L{level - 1}", 2)));

    private static string Chain(string name, int nodes) => string.Create(CultureInfo.InvariantCulture, $$"""
        [Workflow] public sealed partial class {{name}}
        {
            [return: From(nameof(N{{nodes - 1}}))] public partial int Run(int seed);
            {{string.Join("\n", Enumerable.Range(0, nodes).Select(i => $"[Node] static int N{i}({(i == 0 ? "int seed" : $"[From(nameof(N{i - 1}))] int before")}) => 1;"))}}
        }

        """);

    private static string Caller(string name, string child, int calls) => string.Create(CultureInfo.InvariantCulture, $$"""
        [Workflow] public sealed partial class {{name}}
        {
            [return: From(nameof(N{{calls - 1}}))] public partial int Run(int seed);
            {{string.Join("\n", Enumerable.Range(0, calls).Select(i => $"[SubWorkflow<{child}>] private partial int N{i}({(i == 0 ? "" : $"[From(nameof(N{i - 1}))] ")}int seed);"))}}
        }

        """);
}
