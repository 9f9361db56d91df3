using FlowGen.Generator.Linking;
using FlowGen.Generator.Model;
using FlowGen.Generator.Tests.Shapes;

namespace FlowGen.Generator.Tests.Models;

/// <summary>The same source read twice gives equal values at every step, and the same text at the end.</summary>
public class ModelEqualityTests
{
    public static TheoryData<string> Names => [.. ShapeCatalog.All.Where(shape => !shape.Name.StartsWith("data, ", StringComparison.Ordinal)).Select(shape => shape.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_same_source_gives_the_same_model_plan_and_text(string name)
    {
        string source = ShapeCatalog.Get(name).Source;
        IReadOnlyList<WorkflowModel> one = FrontEnd.Parse(source);
        IReadOnlyList<WorkflowModel> two = FrontEnd.Parse(source);
        Assert.NotEmpty(one);
        for (int i = 0; i < one.Count; i++)
        {
            Equal(one[i], two[i]);
            Equal(WorkflowBinder.Bind(one[i], CancellationToken.None), WorkflowBinder.Bind(two[i], CancellationToken.None));
        }

        EquatableArray<LinkedResult> linkedOne = FrontEnd.Link(one).Workflows;
        EquatableArray<LinkedResult> linkedTwo = FrontEnd.Link(two).Workflows;
        Assert.Equal(one.Count, linkedOne.Count);
        for (int i = 0; i < linkedOne.Count; i++)
        {
            Equal(linkedOne[i], linkedTwo[i]);
            LoweredWorkflow loweredOne = FrontEnd.Lower(linkedOne[i]);
            LoweredWorkflow loweredTwo = FrontEnd.Lower(linkedTwo[i]);
            Assert.True(loweredOne.Plan is not null || loweredOne.InheritsEntry);
            Equal(loweredOne, loweredTwo);
            Equal(EmittedFile.Of(loweredOne, CancellationToken.None), EmittedFile.Of(loweredTwo, CancellationToken.None));
        }
    }

    /// <summary>Not through an assertion that knows how to compare collections: the pipeline asks Equals.</summary>
    private static void Equal<T>(T one, T two)
        where T : class
    {
        Assert.NotSame(one, two);
        Assert.True(one.Equals(two), $"Two {typeof(T).Name} of one source differ.");
        Assert.Equal(one.GetHashCode(), two.GetHashCode());
    }
}
