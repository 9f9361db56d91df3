using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FlowGen.Diagnostics.Tests.Refactoring;

/// <summary>
/// A second producer of a type that flows already: an error, or every edge as before. What may change are only the two things of language.md
/// B10: a node that excludes the other producers joins their merge, and one that follows all of them becomes the result.
/// </summary>
public class SecondProducerTests
{
    private const string Fresh = "Added";

    public static TheoryData<string> Names => Corpus.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void A_second_producer_rewires_nothing(string name)
    {
        foreach (WorkflowClass workflow in Corpus.Get(name).Workflows)
        {
            foreach (TypeRef type in WorkflowClass.Some(Types(workflow.Bound)))
            {
                foreach (string added in workflow.TemptingNames.Prepend(Fresh))
                {
                    Check(workflow, added, $"[FlowGen.Node] private {type.Annotated} {added}() => default!;", mayMerge: false, mayEnd: false);
                }

                Check(workflow, Fresh, $"[FlowGen.Node] private {type.Annotated} {Fresh}({type.Name} value) => default!;", mayMerge: false, mayEnd: true);
                Check(workflow, Fresh, $"[FlowGen.Node] private {type.Name}? {Fresh}() => default!;", mayMerge: false, mayEnd: false);
                Check(workflow, Fresh, $"[FlowGen.Node{Following(workflow, type)}] private {type.Annotated} {Fresh}() => default!;", mayMerge: false, mayEnd: true);
                foreach (BoundNode node in workflow.Nodes)
                {
                    Check(workflow, Fresh, $"[FlowGen.Node, FlowGen.After(nameof({node.MethodName}))] private {type.Annotated} {Fresh}() => default!;", mayMerge: false, mayEnd: true);
                }

                foreach (string condition in Conditions(workflow))
                {
                    Check(workflow, Fresh, $"[FlowGen.Node, {condition}] private {type.Annotated} {Fresh}() => default!;", mayMerge: true, mayEnd: false);
                }
            }
        }
    }

    /// <summary>Where nothing but its type says what a parameter takes, a second producer is an error, whatever it is called.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void A_second_producer_of_what_binds_by_type_is_an_error(string name)
    {
        foreach (WorkflowClass workflow in Corpus.Get(name).Workflows.Where(w => !w.HasDeadNodes))
        {
            foreach (string type in BoundByType(workflow))
            {
                foreach (string added in workflow.TemptingNames.Prepend(Fresh))
                {
                    Subject after = workflow.With($"[FlowGen.Node] private {type} {added}() => default!;");
                    Assert.True(after.GraphOf(workflow.Key) is null, $"{workflow.Key} with another {type} {added} is still sound");
                    Assert.Contains(after.Linked[workflow.Key].Issues, i => i.Id is Rule.AmbiguousValue or Rule.AmbiguousResult or Rule.SameValueTwice);
                }
            }
        }
    }

    /// <summary>But for [Input] parameters of the new input's own name: the input of that name is what [Input] asks for.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Another_input_rewires_nothing(string name)
    {
        foreach (WorkflowClass workflow in Corpus.Get(name).Workflows)
        {
            if (workflow.Entry is not { } entry)
            {
                continue;
            }

            string[] names =
            [
                .. workflow.ParameterNames.Append("added").Where(n => SyntaxFacts.GetKeywordKind(n) == SyntaxKind.None)
                    .Except(entry.ParameterList.Parameters.Select(p => p.Identifier.ValueText), StringComparer.Ordinal),
            ];
            foreach (TypeRef type in WorkflowClass.Some(Types(workflow.Bound)))
            {
                foreach (string added in names)
                {
                    ParameterSyntax parameter = SyntaxFactory.ParseParameterList($"({type.Annotated} {added})").Parameters[0];
                    Subject after = workflow.Subject.With([entry], _ => entry.WithParameterList(entry.ParameterList.WithParameters(entry.ParameterList.Parameters.Insert(0, parameter))));
                    Compare(workflow, after, added, $"input {parameter}", mayMerge: false, mayEnd: false, AskingFor(workflow, added));
                }
            }
        }
    }

    private static void Check(WorkflowClass workflow, string name, string node, bool mayMerge, bool mayEnd)
    {
        Subject after = workflow.With(node);
        Compare(workflow, after, name, node, mayMerge, mayEnd);
    }

    private static IReadOnlyList<string> AskingFor(WorkflowClass workflow, string input)
        =>
        [
            .. workflow.Methods.SelectMany(m => m.ParameterList.Parameters
                .Where(p => p.AttributeLists.ToString().Contains("Input", StringComparison.Ordinal) && p.Identifier.ValueText.Equals(input, StringComparison.OrdinalIgnoreCase))
                .Select(p => $"{NodeName.Of(m.Identifier.ValueText)}({p.Identifier.ValueText}): ")),
        ];

    private static void Compare(
        WorkflowClass workflow, Subject after, string name, string what, bool mayMerge, bool mayEnd, IReadOnlyList<string>? expected = null)
    {
        foreach (WorkflowClass other in workflow.Subject.Workflows)
        {
            if (after.GraphOf(other.Key) is not { } graph)
            {
                continue;
            }

            IEnumerable<string> changes = other.Has(workflow)
                ? GraphChange.OfAddition(other.Graph, graph, name, mayMerge || other.HasDeadNodes, mayEnd)
                : graph.DifferencesFrom(other.Graph);
            string[] surprising = [.. changes.Where(c => expected?.Any(e => c.StartsWith(e, StringComparison.Ordinal)) != true)];
            Assert.True(surprising.Length == 0 || after.CompilerErrors.Any(), $"{workflow.Key} with {what} rewires {other.Key}:\n{string.Join("\n", surprising)}");
        }
    }

    /// <summary>Domain types of parameters without attributes, in methods without an order of their own.</summary>
    private static IEnumerable<string> BoundByType(WorkflowClass workflow)
        => workflow.Nodes
            .Where(n => n.After.Count == 0 && n.Needs.Count == 0)
            .SelectMany(n => n.Arguments.Where(a => a.Kind == ArgumentKind.Value
                && workflow.Declaration(n).ParameterList.Parameters.Single(p => p.Identifier.ValueText == a.Parameter).AttributeLists.Count == 0))
            .Select(a => a.Value!.Type.Name)
            .Where(t => t.StartsWith("global::", StringComparison.Ordinal) && !t.StartsWith("global::System.", StringComparison.Ordinal)
                && !t.StartsWith("global::FlowGen.", StringComparison.Ordinal))
            .Distinct(StringComparer.Ordinal);

    /// <summary>What flows: what is offered, and what is asked for.</summary>
    private static IEnumerable<TypeRef> Types(BoundWorkflow workflow)
        => workflow.Surface.Entry!.Inputs.Select(i => i.Type)
            .Concat(workflow.Nodes.Where(n => n.Result is not null).Select(n => n.Result!))
            .Concat(workflow.Nodes.SelectMany(n => n.Arguments).Where(a => a.Value is not null).SelectMany(a => new[] { a.Type, a.Value!.Type }))
            .Where(t => !t.Name.StartsWith("global::FlowGen.", StringComparison.Ordinal) && !t.Name.Contains('.', StringComparison.Ordinal) | t.Name.StartsWith("global::", StringComparison.Ordinal))
            .DistinctBy(t => t.Annotated, StringComparer.Ordinal);

    /// <summary>[After] of every node that has a value of the type.</summary>
    private static string Following(WorkflowClass workflow, TypeRef type)
    {
        string[] producers = [.. workflow.Bound.Nodes.Where(n => n.Result?.Key == type.Key).Select(n => $"nameof({n.MethodName})")];
        return producers.Length == 0 ? "" : $", FlowGen.After({string.Join(", ", producers)})";
    }

    /// <summary>The conditions that there are, and their opposites.</summary>
    private static IEnumerable<string> Conditions(WorkflowClass workflow)
        => workflow.Methods.SelectMany(m => m.AttributeLists).SelectMany(l => l.Attributes).Select(a => a.ToString())
            .Where(a => a.StartsWith("When(", StringComparison.Ordinal) || a.StartsWith("Unless(", StringComparison.Ordinal))
            .SelectMany(a => new[] { a, a.StartsWith("When", StringComparison.Ordinal) ? "Unless" + a[4..] : "When" + a[6..] })
            .Distinct(StringComparer.Ordinal);
}
